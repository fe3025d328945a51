/**
 * What differs between SQL databases. The shared compiler asks these functions and flags and never the database's name.
 *
 * Arguments called `expr` are plain SQL text without parameters (columns, JSON members) and may be repeated in the
 * answer. Arguments of type `Part` may carry parameters and are used exactly once, in the order of the arguments.
 *
 * **Three forms of a value.** The *value* is what kinship shows (a Date, '1.50'). Its *raw* form is what a column holds
 * and the driver binds and returns. Its *member* form is what a JSON document holds in its place (ISO text for a date);
 * `member` makes it comparable, `encodeMember` makes the parameter it is compared with.
 */
import type { Field } from '../../schema/graph.js'
import type { ReadNode } from '../../store/read.js'
import type { Convert } from '../../store/convert.js'
import type { Fragment, Part } from './fragment.js'

export type { Convert } from '../../store/convert.js'

/** A list of values, or of composite keys, that travels as one parameter (R36). */
export interface ListParameter {
  /** values (with several fields: lists of parts) to the raw form of the whole list */
  readonly encode: (values: readonly unknown[]) => unknown
  /** the condition that `exprs` (one per field) is in the list; null is in no list */
  includes(exprs: readonly string[], parameter: Part): Fragment
  /** the list as a row source for `from`, one row for each value, in order */
  rows(parameter: Part, alias: string): Fragment
  /** a part of the value in such a row, raw, comparable with a column of its field */
  part(alias: string, index: number): string
  /** 0-based place of such a row in the list, ascending in the order given */
  position(alias: string): string
}

/** Rows on their way into a table, in statements of at most so many. */
export interface RowsParameter {
  /** how many of so many rows go best in one statement */
  readonly most: (rows: number) => number
  /** what follows the names of the columns: `values …`, or a select */
  values(rows: number): string
  /** raw rows to the parameters of `values` */
  bindValues(rows: readonly (readonly unknown[])[]): unknown[]
  /** the rows as an item of a `from` whose columns are `column1`, `column2`, … */
  from(rows: number, alias: string): string
  /** raw rows to the parameters of `from` */
  bindFrom(rows: readonly (readonly unknown[])[]): unknown[]
}

export interface Dialect {
  /** how a name of a table, column, index or alias is written */
  quote(name: string): string
  /** how a table is written, with the namespace where it has one */
  table(name: string): string
  /** how the parameter at a 0-based place of the statement is written */
  placeholder(index: number): string

  // ── Columns ─────────────────────────────────────────────────────────────────────────────────────────────────────
  /** declared type of a field's column */
  columnType(field: Field): string
  /** value to raw, for parameters stored in or compared with the field's column; honours its codec */
  encode(field: Field): Convert
  /** raw, as `select` returns it, to value; null where both are the same */
  decode(field: Field): Convert | null
  /** a column as it is selected, so that the driver loses nothing (bigint and decimal as text) */
  select(expr: string, field: Field): string
  /** `expr` is a text column or member; `pattern` a parameter made by `encodeLike` */
  like(expr: string, pattern: Part): Fragment
  encodeLike(pattern: string): unknown
  /** folds ASCII letters only (R3); `pattern` is a parameter made by `encodeIlike` */
  ilike(expr: string, pattern: Part): Fragment
  encodeIlike(pattern: string): unknown
  /** deep equality of a json, object or array column (or `json` member) with a parameter made by `encode` or `encodeMember` */
  jsonEquals(expr: string, value: Part): Fragment
  /** several values of these fields as one parameter; `form` says what they will be compared with */
  list(fields: readonly Field[], form: 'raw' | 'member'): ListParameter
  /** a column or member as it is ordered, or compared by size: texts by code point (R3) */
  ranked(expr: string, field: Field): string
  /** one term of `order by`; null is the smallest value (R9). `nullable`: there may be nulls */
  order(expr: Part, direction: 'asc' | 'desc', nullable: boolean): Fragment
  /** the end of a select: `limit … offset …` with what of it is there; begins with a space unless empty */
  limit(limit: Part | null, offset: Part | null): Fragment
  /** the end of a select that locks what it reads (R30); begins with a space unless empty */
  lock(lock: ReadNode['lock'], alias: string): string

  // ── Inside JSON columns ─────────────────────────────────────────────────────────────────────────────────────────
  // `json` is an expression that gives a JSON document: a column, or what `json` or `elementJson` returned.
  // `keys` are JSON keys (`Field.column` of the members), never with arrays on the way.
  /** the structure (object, array, list) at `keys` as a JSON document; `json` itself for no keys */
  json(json: string, keys: readonly string[]): string
  /** the member at `keys`, comparable with what `encodeMember(field)` makes; null where it is null or missing */
  member(json: string, keys: readonly string[], field: Field): string
  /** value to the parameter that a member (or element) is compared with */
  encodeMember(field: Field): Convert
  /** the elements of the JSON array as rows for `from`; no rows for null */
  elements(json: string, alias: string): string
  /** the element of such a row (no keys) or a member of it, comparable like `member` */
  element(json: string, alias: string, keys: readonly string[], field: Field): string
  /** a structure inside the element of such a row, as a JSON document */
  elementJson(json: string, alias: string, keys: readonly string[]): string
  /** 0-based place of the element */
  elementPosition(alias: string): string
  /** the id of a list field's entry in such a row, raw: comparable with the target's id column, plain id or `{ id, …payload }` alike */
  entryId(json: string, alias: string, list: Field): string
  /** the number of elements of the JSON array; 0 for null */
  length(json: string): string
  /**
   * the array has an element (of a list: an entry with the id) equal to a parameter made by `encodeContained`;
   * not true for null
   */
  contains(json: string, array: Field, value: Part): Fragment
  /** value to the parameter for `contains`, by the array's or list's field */
  encodeContained(array: Field): Convert
  /** JSON text or document of a json, object, array or list column, as parsed by `JSON.parse`, to value */
  fromJson(field: Field): Convert
  /** value to what goes into a JSON document in its place (for `JSON.stringify`); the inverse of `fromJson` */
  toJson(field: Field): Convert

  // ── Aggregates: rows of children as one JSON array of arrays ────────────────────────────────────────────────────
  /** a column as it goes into `row` */
  aggregated(expr: string, field: Field): string
  /** such a column, after `JSON.parse` of the whole, to value; null where both are the same */
  decodeAggregated(field: Field): Convert | null
  /** one child as a JSON array of its columns */
  row(columns: readonly Part[]): Fragment
  /** the aggregate function: rows gathered in order; with no rows `[]` or null */
  gather(row: Part, order: Part | null): Fragment
  /** a gathered array (a subquery's column) as it goes into another `row` */
  nested(gathered: Part): Fragment
  /** a gathered array as it is selected at the top, so that the driver returns its text */
  selectGathered(gathered: Part): Fragment

  /**
   * Columns of this field travel faster in gathered rows than one by one, and as exactly (R4): a keyed read of nothing
   * else is gathered to one value
   */
  travelsGathered(field: Field): boolean

  // ── Joins ───────────────────────────────────────────────────────────────────────────────────────────────────────
  /** ` join `, or what makes the database keep the order of the tables where it would not see that it is best */
  readonly joinInOrder: string
  /**
   * a select as a derived table whose rows come in their order, and whose joins (`joinInOrder`) keep it without another
   * `order by`; null where the database has no such thing
   */
  inOrder(select: Fragment): Fragment | null

  /** derived tables may look at the items before them (`lateral`) */
  readonly lateral: boolean
  /**
   * The condition that a stored list has an entry of this id, in the form that an index serves; null where the database has
   * no such index, so that all lists are unfolded.
   */
  readonly holds: ((json: string, list: Field, id: string) => string) | null

  // ── Inserting ───────────────────────────────────────────────────────────────────────────────────────────────────
  /** rows of values of these fields; their raw forms travel as one parameter or as many */
  rows(fields: readonly Field[]): RowsParameter
  /** what follows the table's name for a row without values of its own */
  emptyRow(id: string): string

  // ── Changing JSON documents in place ────────────────────────────────────────────────────────────────────────────
  // `value` and `tail` are documents: parameters that are JSON texts, or what these functions returned.
  /** the document with the member at `keys` replaced; a null value becomes the JSON null */
  put(document: Part, keys: readonly string[], value: Part): Fragment
  /** the array with the elements of another one behind its own; null counts as empty */
  append(json: string, tail: Part): Fragment
  /** one JSON array of `element` over the rows of `elements(json, alias)`, in their order, for those that `keep` holds for */
  collect(json: string, alias: string, element: Part, keep: Part | null): Fragment
  /** the element of such a row, unchanged, for `collect` */
  kept(json: string, alias: string, array: Field): string
  /** an element that was computed as a document, for `collect` */
  document(element: Part): Fragment
  /**
   * the list of `{ id, …payload }` entries with members of `entries` (a list of the same, each with some of the members)
   * put into those of the same ids
   */
  mergeEntries(json: string, list: Field, entries: Part): Fragment
  /** a number column plus a parameter made by `encode`; null stays null, beyond the field's range it fails */
  increment(expr: string, field: Field, by: Part): Fragment
}
