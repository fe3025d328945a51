import type { Rule } from './conformance-case.js'

/** Rules that no case tries, and why. */
export const rulesWithoutCase: Readonly<Partial<Record<Rule, string>>> = {
  R18: 'no store has the mirror layout yet',
}
