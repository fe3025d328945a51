/** What SQL stores skip of the suite. */
export const noMirrors = {
  mirror: 'an index answers from either end, so SQL stores have no mirrors',
} as const
