import { fail } from '../../../errors/index.js'
import type { Edge, Field, Path } from '../../../schema/graph.js'
import type { Filter, Operand } from '../../../store/filter.js'
import type { Resolve } from '../resolve.js'
import { keyOf } from '../values.js'
import { type Document, own } from './document.js'

export type Leaf<K extends Filter['is']> = Extract<Filter, { is: K }>

type Fields = ReadonlyMap<string, Field>

/**
 * What was looked up before the pipeline is made: for a relation, the keys (raw) of the records that have it. In a statement's
 * text, the place of those keys.
 */
export type Known = ReadonlyMap<Filter, readonly unknown[] | string>

export const nothingKnown: Known = new Map()

/** A pipeline under construction; its documents are the records that are looked at. */
export interface Pipe {
  readonly stages: Document[]
  readonly resolve: Resolve
  readonly known: Known
  /** how many helpers it has */
  helpers: number
  /** something looks at the pairing, or at its place in the stored order */
  linked: boolean
  positioned: boolean
}

export const beginPipe = (resolve: Resolve, known: Known = nothingKnown): Pipe => ({
  stages: [],
  resolve,
  known,
  helpers: 0,
  linked: false,
  positioned: false,
})

/** A path that nothing else in the pipeline uses. */
export const helper = (pipe: Pipe): string => own(`h${pipe.helpers++}`)

/** An element of an array, bound to a variable of an expression. */
export interface ElementScope {
  readonly variable: string
  /** the array or list it is in */
  readonly array: Field
  /** field names from the record to the array */
  readonly path: Path
}

/** What the operands of a filter look at. */
export interface Scope {
  readonly pipe: Pipe
  readonly record: Fields
  /** fields of the pairing, which stands at `own('link')` unless it is the document itself */
  readonly link: Fields | null
  readonly bare?: boolean
  readonly element: ElementScope | null
}

export const recordScope = (pipe: Pipe, record: Fields, link: Fields | null = null): Scope => ({
  pipe,
  record,
  link,
  element: null,
})

/** The documents are the pairings themselves. */
export const pairScope = (pipe: Pipe, link: Fields): Scope => ({
  pipe,
  record: link,
  link,
  bare: true,
  element: null,
})

/** The fields of one pairing of an edge. */
export const linkFields = (edge: Edge): Fields => edge.through?.model.fields ?? edge.payload

/** The fields inside an element of an array, or an entry of a list. */
export const fieldsInside = (array: Field): Fields =>
  (array.edge !== null && array.kind === 'list' ? array.edge.payload : array.item?.fields) ?? new Map()

/** The fields along a path of names, outermost first; arrays are not crossed. */
export const fieldsAlong = (fields: Fields, path: Path): readonly Field[] => {
  const found: Field[] = []
  let inside: Fields | null = fields
  for (const name of path) {
    const field: Field | undefined = inside?.get(name)
    if (field === undefined) {
      return fail('KIN_INTERNAL', { message: `There is no field "${name}" where a filter looks for it.` })
    }
    found.push(field)
    inside = field.fields
  }
  return found
}

/** The keys along a path of names, joined. The id of a record is its `_id`; members have columns only. */
export const keyPath = (fields: Fields, path: Path): string =>
  fieldsAlong(fields, path)
    .map((field, at) => (at === 0 ? keyOf(field) : field.column))
    .join('.')

/** Where an operand stands in the pipeline's documents. */
export const pathOf = (scope: Scope, { of, path }: Operand): string => {
  if (of === 'record') return keyPath(scope.record, path)
  if (of === 'element' || scope.link === null) {
    return fail('KIN_INTERNAL', { message: `There is no ${of} where a filter looks at one.` })
  }
  const key = keyPath(scope.link, path)
  if (scope.bare === true) return key
  scope.pipe.linked = true
  return own(`link.${key}`)
}

/** An operand as an expression. */
export const expressionOf = (scope: Scope, operand: Operand): string => {
  if (operand.of !== 'element') return `$${pathOf(scope, operand)}`
  const { element } = scope
  if (element === null)
    return fail('KIN_INTERNAL', { message: 'A filter looks at an element where there is none.' })
  if (operand.path.length === 0) return `$$${element.variable}`
  return `$$${element.variable}.${keyPath(fieldsInside(element.array), operand.path)}`
}
