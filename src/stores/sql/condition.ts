import { type Fragment, joined } from './fragment.js'

export const TRUE: Fragment = ['true']
const FALSE: Fragment = ['false']

/** Databases limit how deep an expression may nest, and a chain of operators is as deep as it is long. */
const LONGEST = 100

const chained = (parts: readonly Fragment[], operator: string): Fragment => {
  if (parts.length <= LONGEST) return joined(parts, operator)
  const chunks: Fragment[] = []
  for (let at = 0; at < parts.length; at += LONGEST) {
    chunks.push(['(', ...joined(parts.slice(at, at + LONGEST), operator), ')'])
  }
  return chained(chunks, operator)
}

/** Every condition holds. What is always true is left out. */
export const all = (parts: readonly Fragment[]): Fragment => {
  const needed = parts.filter((part) => part !== TRUE)
  if (needed.includes(FALSE)) return FALSE
  return needed.length === 0 ? TRUE : chained(needed, ' and ')
}

/** At least one condition holds; in brackets, so that it can stand among others. */
export const any = (parts: readonly Fragment[]): Fragment => {
  const needed = parts.filter((part) => part !== FALSE)
  if (needed.includes(TRUE)) return TRUE
  const [only] = needed
  if (only === undefined) return FALSE
  return needed.length === 1 ? only : ['(', ...chained(needed, ' or '), ')']
}

/** ` where …`, or nothing where the condition is always true. */
export const where = (condition: Fragment): Fragment => (condition === TRUE ? [] : [' where ', ...condition])

/** Expressions of two keys are equal, part by part. */
export const equal = (left: readonly string[], right: readonly string[]): Fragment => [
  left.map((expr, at) => `${expr} = ${right[at] ?? ''}`).join(' and '),
]
