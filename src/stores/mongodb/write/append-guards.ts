import { BSON, type Document } from 'mongodb'
import type { Model } from '../../../schema/graph.js'
import type { Change } from '../../../store/write.js'
import type { Resolve } from '../resolve.js'
import { keysOf } from '../unique-error.js'
import { encode, encodeItem, hasPayload } from '../values.js'

/** What must hold of a document to which entries are appended. */
export interface AppendGuards {
  /** it does not outgrow the server's limit */
  readonly fits: Document
  /** the entries with payload are not on their list yet; null where plain ids, which are a set, or elements are appended */
  readonly isNew: Document | null
}

/** Null where nothing is appended. */
export function appendGuards(
  model: Model,
  changes: readonly Change[],
): ((resolve: Resolve, maxDocument: number) => AppendGuards) | null {
  const appends = changes.filter((change) => change.op === 'append')
  if (appends.length === 0) return null
  const entries = appends.filter(({ at }) => at.field.kind === 'list' && hasPayload(at.field))
  return (resolve, maxDocument) => {
    const added = appends.map(({ at, value }) => resolve(value, encode(at.field)))
    // Positions in an array are counted in decimal digits, which take more room behind a long list than alone.
    const bytes = added.reduce((sum: number, list) => sum + BSON.calculateObjectSize({ list }), 0)
    const most = maxDocument - bytes - 16 * added.flat().length
    const tests = entries.map(({ at, value }): Document => {
      const [key = ''] = keysOf(model, [at.path.join('.')])
      const idOf = encodeItem(at.field)
      const ids = resolve(value, (list) =>
        (list as readonly { readonly id: unknown }[]).map(({ id }) => idOf(id)),
      )
      return { [`${key}.id`]: { $nin: ids } }
    })
    return {
      fits: { $expr: { $lte: [{ $bsonSize: '$$ROOT' }, most] } },
      isNew: tests.length === 0 ? null : { $and: tests },
    }
  }
}
