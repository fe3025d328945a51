/** Collections on the test server, filled by hand, and the session that the compiler reads them with. */
import { MongoClient } from 'mongodb'
import { afterAll } from 'vitest'
import type { Field, Graph } from '../../../src/schema/graph.js'
import type { Features } from '../../../src/stores/mongodb/deployment.js'
import { mongodb } from '../../../src/stores/mongodb/index.js'
import { encode, keyOf } from '../../../src/stores/mongodb/values.js'
import { mongodbUrl } from '../../helpers/mongodb.js'
import type { World } from '../common/difference.js'
import type { Data, Row } from '../common/naive.js'

/** Null is written and left out by turns: to readers they are one (R1). */
const documentOf = (fields: readonly Field[], row: Row, turn: number): Record<string, unknown> => {
  const document: Record<string, unknown> = {}
  for (const [at, field] of fields.entries()) {
    const value = encode(field)(row[field.name] ?? null)
    if (value !== null || (at + turn) % 2 === 0) document[keyOf(field)] = value
  }
  return document
}

const closing: { close(): Promise<void> }[] = []

afterAll(async () => {
  for (const open of closing.splice(0)) await open.close()
})

/** A database with the graph's collections and indexes. */
export const openWorld = async (
  graph: Graph,
  seed: number,
  data: Data,
  features: Partial<Features> = {},
): Promise<World & { readonly statements: string[] }> => {
  const url = mongodbUrl()
  const statements: string[] = []
  const store = mongodb({ url, features })
  const bound = await store.bind(graph, { log: ({ statement }) => statements.push(statement) })
  const client = await new MongoClient(url).connect()
  closing.push(bound, store, client)
  await bound.sync({})
  for (const model of [...graph.models.values(), ...graph.joins.values()]) {
    const fields = [...model.fields.values()].filter(({ stored }) => stored)
    const documents = (data.get(model.name) ?? []).map((row, at) => documentOf(fields, row, at))
    if (documents.length > 0) await client.db().collection(model.collection).insertMany(documents)
  }
  statements.length = 0
  return { seed, data, session: await bound.reader(), compile: bound.compileRead.bind(bound), statements }
}
