/** Collections on the test server, filled by hand, and the session that the compiler reads them with. */
import { MongoClient } from 'mongodb'
import { afterAll } from 'vitest'
import type { Field, Graph, Model } from '../../../src/schema/graph.js'
import type { LogEntry } from '../../../src/store/store.js'
import type { Deployment, Features } from '../../../src/stores/mongodb/deployment.js'
import { compileRead } from '../../../src/stores/mongodb/read/index.js'
import { MongoSession } from '../../../src/stores/mongodb/session.js'
import { encode, hasPayload, keyOf } from '../../../src/stores/mongodb/values.js'
import { mongodbUrl } from '../../helpers/mongodb.js'
import type { World } from '../common/difference.js'
import type { Data, Row } from '../common/naive.js'

const every: Features = { lookup: true, windows: true, sortArray: true }

/** Null is written and left out by turns: to readers they are one (R1). */
const documentOf = (fields: readonly Field[], row: Row, turn: number): Record<string, unknown> => {
  const document: Record<string, unknown> = {}
  for (const [at, field] of fields.entries()) {
    const value = encode(field)(row[field.name] ?? null)
    if (value !== null || (at + turn) % 2 === 0) document[keyOf(field)] = value
  }
  return document
}

/** Paths of ids inside arrays, which lookups find by their indexes. */
const idPaths = (fields: Iterable<Field>, inside = ''): readonly string[] =>
  [...fields].flatMap((field) => {
    const path = `${inside}${field.column}`
    if (field.kind === 'list') return [hasPayload(field) ? `${path}.id` : path]
    let item: Field | null = field.item
    while (item?.item) item = item.item
    if ((item ?? field).kind === 'reference') return [path]
    return idPaths((item ?? field).fields?.values() ?? [], `${path}.`)
  })

const clients: MongoClient[] = []

afterAll(async () => {
  for (const client of clients.splice(0)) await client.close()
})

/** A database with a collection for each model of the graph. */
export const openWorld = async (
  graph: Graph,
  seed: number,
  data: Data,
  features: Features = every,
): Promise<World & { readonly statements: string[] }> => {
  const client = await new MongoClient(mongodbUrl()).connect()
  clients.push(client)
  const db = client.db()
  const models: Model[] = [...graph.models.values(), ...graph.joins.values()]
  for (const model of models) {
    const fields = [...model.fields.values()].filter(({ stored }) => stored)
    const rows = data.get(model.name) ?? []
    const collection = await db.createCollection(model.collection)
    const paths = idPaths(fields)
    if (paths.length > 0) await collection.createIndexes(paths.map((path) => ({ key: { [path]: 1 } })))
    if (rows.length > 0)
      await collection.insertMany(rows.map((row, at) => documentOf(fields, row, at)) as never)
  }
  const statements: string[] = []
  const deployment: Deployment = { kind: 'replica set', version: '', maxDocument: 16_777_216, features }
  const session = new MongoSession({
    db,
    deployment,
    models: new Map(models.map((model) => [model.collection, model])),
    log: ({ statement }: LogEntry) => statements.push(statement),
    maxTimeMS: null,
  } as never)
  return { seed, data, session, compile: (request) => compileRead(request, features), statements }
}
