import type { Document } from 'mongodb'
import type { Model } from '../../../schema/graph.js'
import { always, type Filter } from '../../../store/filter.js'
import type { Features } from '../deployment.js'
import { compileFilter } from '../filter/index.js'
import { compileRead } from '../read/compile-read.js'
import { resolvePlaces, resolveWith } from '../resolve.js'
import type { MongoSession } from '../session.js'
import { encode } from '../values.js'

/** Which documents a write is about. */
export interface Target {
  /** the filter as text shows it */
  readonly shown: Document
  /** @returns the filter of the write: what it asks of other collections has been looked up */
  find(session: MongoSession, values: readonly unknown[]): Document | Promise<Document>
}

/** Compiles the filter of a write. Writes of MongoDB look at one collection, so that ids are read first where it takes more. */
export function compileTarget(features: Features, model: Model, where: Filter): Target {
  const filter = compileFilter(model, where)
  const shown = filter.match(resolvePlaces)
  if (filter.selfContained) return { shown, find: (_, values) => filter.match(resolveWith(values)) }
  return { shown: { _id: { $in: '…' } }, find: readIds(features, model, where) }
}

function readIds(features: Features, model: Model, where: Filter): Target['find'] {
  const { id } = model
  if (id === null) throw new TypeError(`Pairs of "${model.name}" are found by what they hold themselves`)
  const convert = encode(id)
  const read = compileRead(
    {
      node: {
        model,
        fields: [id],
        scope: always,
        where,
        order: [],
        limit: null,
        offset: null,
        counts: null,
        children: [],
        lock: null,
      },
      by: null,
      link: [],
      carry: [],
      counting: false,
    },
    features,
  )
  return async (session, values) => {
    const { rows } = await read.run(session, values, [])
    return { _id: { $in: rows.map((row) => convert(row[id.name])) } }
  }
}
