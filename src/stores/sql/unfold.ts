import type { Path } from '../../schema/graph.js'
import type { Fragment } from './fragment.js'
import { elementSource, type Source } from './source.js'
import type { Statement } from './statement.js'

/** Ids found in the arrays of a record or element, one row each. */
export interface Unfolded {
  /** items of a `from`, each looking into the one before; empty where no array is on the way */
  readonly items: readonly Fragment[]
  readonly id: string
  /** the entry's payload, in a list */
  readonly link: Source | null
  /** place in the innermost array */
  readonly order: readonly string[]
}

/** Follows a path of field names to the id (or ids) it leads to, through every array on the way. */
export const unfold = (statement: Statement, source: Source, path: Path): Unfolded => {
  const { dialect } = statement
  const heads = path.map((_, at) => path.slice(0, at + 1))
  const head = heads.find((prefix) => ['array', 'list'].includes(source.field(prefix).kind))
  if (head === undefined) {
    return { items: [], id: source.scalar(path, source.field(path)).expr, link: null, order: [] }
  }
  const array = source.field(head)
  const json = source.json(head)
  const alias = statement.alias()
  const item: Fragment = [dialect.elements(json, alias)]
  const element = elementSource(dialect, alias, json, array, head)
  const order = [dialect.elementPosition(alias)]
  if (array.kind === 'list') {
    return { items: [item], id: dialect.entryId(json, alias, array), link: element, order }
  }
  const within = unfold(statement, element, path.slice(head.length))
  return { ...within, items: [item, ...within.items], order: [...order, ...within.order] }
}
