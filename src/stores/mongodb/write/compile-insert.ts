import { BSON, type Document, ObjectId } from 'mongodb'
import type { CompiledInsert, InsertRequest } from '../../../store/write.js'
import { assignIds, noteIds } from '../counters.js'
import { recordTooLarge } from '../errors.js'
import type { MongoSession } from '../session.js'
import { statementText } from '../statement.js'
import { encode, keyOf } from '../values.js'

/** What one command carries, below the server's limits of 100,000 documents and 48 MB. */
const MOST_DOCUMENTS = 1000
const MOST_BYTES = 32 * 1024 * 1024

/** Compiles an insert. What is null is left out of the documents. */
export function compileInsert({ model, fields }: InsertRequest): CompiledInsert {
  const { collection, id } = model
  const members = fields.map((field, at) => ({ key: keyOf(field), convert: encode(field), at }))
  const numbered = id !== null && id.idKind === 'integer'
  const given = id === null ? -1 : fields.indexOf(id)
  const shown = Object.fromEntries(members.map(({ key, at }) => [key, `?${at + 1}`]))
  const command = { collection, statement: statementText(collection, 'insertMany', [shown]) }

  /** Keys of documents begin with `_id`, as the server would put them. */
  const documentOf = (row: readonly unknown[], _id: unknown): Document => {
    const document: Document = { _id }
    for (const { key, convert, at } of members) {
      const value = convert(row[at])
      if (value !== null) document[key] = value
    }
    return document
  }

  return {
    statement: command.statement,
    async run(session, rows) {
      const mongo = session as MongoSession
      const ids = numbered && given < 0 ? await assignIds(mongo, collection, rows.length) : null
      if (numbered && given >= 0)
        await noteIds(
          mongo,
          collection,
          rows.map((row) => Number(row[given])),
        )
      const documents = rows.map((row, at) => documentOf(row, ids === null ? new ObjectId() : ids[at]))
      for (const part of parts(documents, model.name, mongo.deployment.maxDocument)) {
        await mongo.insertMany(command, part)
      }
      return ids ?? []
    },
  }
}

/** Documents, as many at a time as one command takes. @throws KIN_RECORD_TOO_LARGE before anything is sent */
function parts(documents: readonly Document[], model: string, limit: number): readonly Document[][] {
  const found: Document[][] = []
  let part: Document[] = []
  let bytes = 0
  for (const document of documents) {
    const size = BSON.calculateObjectSize(document)
    if (size > limit) throw recordTooLarge(model, limit)
    if (part.length === MOST_DOCUMENTS || bytes + size > MOST_BYTES) {
      found.push(part)
      part = []
      bytes = 0
    }
    part.push(document)
    bytes += size
  }
  return [...found, part]
}
