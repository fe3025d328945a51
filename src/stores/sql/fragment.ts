import type { Value } from '../../store/filter.js'

/** The parents' keys of a keyed read: the one parameter that is not among the call's values. */
export const KEYS = 'keys'

/** One parameter of a statement: where its value comes from and how the driver wants it. */
export interface Parameter {
  readonly value: Value | typeof KEYS
  /** normalised value to driver value; null passes it on as it is */
  readonly encode: ((value: unknown) => unknown) | null
}

/**
 * Statement text with its parameters in place, so that pieces can be composed in any order: placeholders are numbered
 * once, in text order, when the whole is rendered.
 */
export type Fragment = readonly (string | Parameter)[]

/** What may stand inside a template: text of our own making, another fragment, a parameter. */
export type Part = string | Fragment | Parameter

const append = (out: (string | Parameter)[], piece: string | Parameter): void => {
  const last = out.length - 1
  if (typeof piece === 'string' && typeof out[last] === 'string') out[last] += piece
  else if (piece !== '') out.push(piece)
}

const appendPart = (out: (string | Parameter)[], part: Part): void => {
  if (typeof part === 'string' || !Array.isArray(part)) append(out, part as string | Parameter)
  else for (const piece of part as Fragment) append(out, piece)
}

/** Composes text and fragments: sql`select ${columns} from ${table}`. Strings go in as text, never as values. */
export const sql = (text: TemplateStringsArray, ...parts: readonly Part[]): Fragment => {
  const out: (string | Parameter)[] = []
  text.forEach((piece, at) => {
    append(out, piece)
    const part = parts[at]
    if (part !== undefined) appendPart(out, part)
  })
  return out
}

/** Fragments one after another, with text between them. */
export const joined = (parts: readonly Part[], between: string): Fragment => {
  const out: (string | Parameter)[] = []
  parts.forEach((part, at) => {
    if (at > 0) append(out, between)
    appendPart(out, part)
  })
  return out
}

/** The text of a fragment with the dialect's placeholders, and its parameters in the order of the placeholders. */
export const render = (
  fragment: Fragment,
  placeholder: (index: number) => string,
): { readonly statement: string; readonly parameters: readonly Parameter[] } => {
  const parameters: Parameter[] = []
  let statement = ''
  for (const piece of fragment) {
    if (typeof piece === 'string') statement += piece
    else statement += placeholder(parameters.push(piece) - 1)
  }
  return { statement, parameters }
}
