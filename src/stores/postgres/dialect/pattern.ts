/** A pattern for LIKE, whose escape is `\` as well; one at the very end escapes nothing. */
export function likeOf(pattern: string): string {
  const [backslashes = ''] = /\\*$/.exec(pattern) ?? []
  return backslashes.length % 2 === 1 ? pattern.slice(0, -1) : pattern
}
