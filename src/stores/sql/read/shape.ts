import type { Convert } from '../dialect.js'

/** What becomes of a row's columns: the plan from which the code that makes records is generated. */
export type Shape =
  /** a column; without one, the whole entry of a list (an id) */
  | { readonly is: 'value'; readonly column: number | null; readonly decode: Convert | null }
  /** a record; null where the column `present` is null */
  | {
      readonly is: 'object'
      readonly members: readonly (readonly [name: string, shape: Shape])[]
      readonly present: number | null
    }
  /** gathered entries, as JSON text or parsed already with the row around them */
  | { readonly is: 'list'; readonly column: number; readonly text: boolean; readonly entry: Shape }
  /** the place of a batched child, until it is filled */
  | { readonly is: 'empty'; readonly many: boolean }
  /** parts of a composite key */
  | { readonly is: 'parts'; readonly parts: readonly Shape[] }

/** What a whole statement reads. */
export interface RowShape {
  readonly record: Shape
  /** the parent's key; null where the read is not keyed */
  readonly key: Shape | null
  readonly carried: readonly Shape[]
}
