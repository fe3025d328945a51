import { fail } from '../../errors/index.js'
import type { Field, Path } from '../../schema/graph.js'
import type { Dialect } from './dialect.js'

/** A scalar as SQL sees it, and the form of value it is compared with (see `Dialect`). */
export interface Scalar {
  readonly expr: string
  readonly form: 'raw' | 'member'
}

/** Something that values are read from: a row of a table, or an element of a JSON array. */
export interface Source {
  /** the value at a path of field names; null where anything on the way is null or missing */
  scalar(path: Path, field: Field): Scalar
  /** the object, array or list at a path, as a JSON document */
  json(path: Path): string
  /** the field at a path, without crossing arrays */
  field(path: Path): Field
}

const missing = (name: string): never => {
  fail('KIN_INTERNAL', { message: `There is no field "${name}" where a statement looks for it.` })
}

const member = (fields: ReadonlyMap<string, Field> | null, name: string): Field =>
  fields?.get(name) ?? missing(name)

/** The fields along a path, outermost first. */
const along = (fields: ReadonlyMap<string, Field> | null, path: Path): readonly Field[] => {
  const found: Field[] = []
  let inside = fields
  for (const name of path) {
    const field = member(inside, name)
    found.push(field)
    inside = field.fields
  }
  return found
}

const columns = (fields: readonly Field[]): readonly string[] => fields.map((field) => field.column)

/** A row of a table (or of a derived table with the same columns) under an alias. */
export const rowSource = (dialect: Dialect, alias: string, fields: ReadonlyMap<string, Field>): Source => {
  const resolve = (path: Path) => {
    const [first, ...inner] = along(fields, path)
    if (first === undefined) return missing('')
    return { column: `${alias}.${dialect.quote(first.column)}`, keys: columns(inner) }
  }
  return {
    scalar(path, field) {
      const { column, keys } = resolve(path)
      if (keys.length === 0) return { expr: column, form: 'raw' }
      return { expr: dialect.member(column, keys, field), form: 'member' }
    },
    json(path) {
      const { column, keys } = resolve(path)
      return dialect.json(column, keys)
    },
    field: (path) => along(fields, path).at(-1) ?? missing(''),
  }
}

/** The elements of a JSON array, unfolded as rows under an alias. */
export interface ElementSource extends Source {
  /** field names from the record to the array; what lies behind them is inside the element */
  readonly path: Path
}

/**
 * An element of the array or list `array`, found at `path` of its record and unfolded from the document `json`.
 * The entries of a list with a payload are objects of the payload's fields.
 */
export const elementSource = (
  dialect: Dialect,
  alias: string,
  json: string,
  array: Field,
  path: Path,
): ElementSource => {
  const inside = array.edge !== null ? array.edge.payload : (array.item?.fields ?? null)
  return {
    path,
    scalar: (inner, field) => ({
      expr: dialect.element(json, alias, columns(along(inside, inner)), field),
      form: 'member',
    }),
    json: (inner) => dialect.elementJson(json, alias, columns(along(inside, inner))),
    field: (inner) => along(inside, inner).at(-1) ?? array.item ?? missing(''),
  }
}
