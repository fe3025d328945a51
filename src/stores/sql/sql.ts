/** Pieces of statements. Text and parameters travel together, so that they cannot get out of step. */
import type { Dialect } from './dialect.js'

/**
 * The raw value of one parameter, ready for the driver, from what a run is given.
 *
 * @param values the call's values, by slot
 * @param keys the parents' keys of a keyed read; [] otherwise
 */
export type Parameter = (values: readonly unknown[], keys: readonly unknown[]) => unknown

/** A piece of a statement: text with holes, and a parameter for each hole, in the order of the text. */
export interface Sql {
  readonly text: string
  readonly parameters: readonly Parameter[]
}

/** A statement as the driver takes it. */
export interface Statement {
  readonly text: string
  /** the list of raw values for one run */
  bind(values: readonly unknown[], keys: readonly unknown[]): unknown[]
}

/** Marks a parameter's place until the statement is rendered. No text can hold it: U+0000 is refused (R3). */
const HOLE = '\u0000'

const none: readonly Parameter[] = Object.freeze([])

/**
 * Puts pieces together. Strings are taken as they are, so names go through `dialect.quote` first.
 *
 * @example
 * sql`select ${dialect.quote('name')} from t where id = ${parameter((values) => values[0])}`
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | string)[]): Sql {
  let text = strings[0] ?? ''
  let parameters: Parameter[] | null = null
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') text += part
    else {
      text += part.text
      if (part.parameters.length > 0) (parameters ??= []).push(...part.parameters)
    }
    text += strings[index + 1] ?? ''
  }
  return { text, parameters: parameters ?? none }
}

/** Text without parameters as a piece. */
export function text(of: string): Sql {
  return { text: of, parameters: none }
}

/** One parameter as a piece. */
export function parameter(of: Parameter): Sql {
  return { text: HOLE, parameters: [of] }
}

/** Pieces with a separator between them; the empty list is the empty piece. */
export function join(pieces: readonly Sql[], separator: string): Sql {
  return {
    text: pieces.map((piece) => piece.text).join(separator),
    parameters: pieces.flatMap((piece) => piece.parameters),
  }
}

/** Fills the holes with the dialect's placeholders. */
export function render(piece: Sql, dialect: Pick<Dialect, 'placeholder'>): Statement {
  const [first, ...rest] = piece.text.split(HOLE)
  const rendered = rest.reduce((made, next, index) => made + dialect.placeholder(index + 1) + next, first ?? '')
  const { parameters } = piece
  return {
    text: rendered,
    bind: (values, keys) => parameters.map((of) => of(values, keys)),
  }
}
