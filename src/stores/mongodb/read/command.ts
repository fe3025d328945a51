import type { Document } from '../filter/document.js'
import type { MongoSession } from '../session.js'
import { statementText } from '../statement.js'

/** The stages of a read in a collection. */
export interface Pipeline {
  readonly collection: string
  readonly stages: readonly Document[]
}

type Shape = { projection?: Document; sort?: Record<string, 1 | -1>; skip?: number; limit?: number }

const order = ['$match', '$sort', '$skip', '$limit', '$project']
const names: Readonly<Record<string, keyof Shape>> = {
  $sort: 'sort',
  $skip: 'skip',
  $limit: 'limit',
  $project: 'projection',
}

interface Find {
  readonly filter: Document
  readonly shape: Shape
}

/** A pipeline as a plain `find`, which servers carry out faster; null where it is more than that. */
const findOf = (stages: readonly Document[]): Find | null => {
  const filter: Document = {}
  const shape: Document = {}
  let last = -1
  for (const stage of stages) {
    const [name = ''] = Object.keys(stage)
    const at = order.indexOf(name)
    if (at <= last) return null
    last = at
    if (name === '$match') Object.assign(filter, stage[name])
    else shape[names[name] ?? name] = stage[name]
  }
  return { filter, shape }
}

export const textOf = ({ collection, stages }: Pipeline): string => {
  const find = findOf(stages)
  return find === null
    ? statementText(collection, 'aggregate', stages)
    : statementText(collection, 'find', find.filter, find.shape)
}

/** Runs a pipeline. @param statement the text that the log shows */
export const runPipeline = (
  session: MongoSession,
  { collection, stages }: Pipeline,
  statement: string,
): Promise<Document[]> => {
  const find = findOf(stages)
  const command = { collection, statement }
  return find === null ? session.aggregate(command, stages) : session.find(command, find.filter, find.shape)
}
