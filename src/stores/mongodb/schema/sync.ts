import type { Db, Document } from 'mongodb'
import type { Graph, Model } from '../../../schema/graph.js'
import { refuseSync } from '../../../store/refuse-sync.js'
import { storedModels } from '../../../store/stored-models.js'
import type { LogEntry, SyncOptions, SyncReport } from '../../../store/store.js'
import { translate } from '../errors.js'
import { isDriverError } from '../is-driver-error.js'
import type { Ground } from '../session.js'
import { statementText } from '../statement.js'
import { desiredIndexes, type Index } from './desired-indexes.js'
import { planIndexes, type ExistingIndex } from './plan-indexes.js'
import { isRepeated } from './repeated.js'

/**
 * Makes the collections and indexes of a graph that are not there: for each collection one command that makes all of its
 * missing indexes at once. Several processes may do so at the same time.
 */
export async function sync(
  ground: Ground,
  graph: Graph,
  { dryRun = false, partial = false }: SyncOptions,
): Promise<SyncReport> {
  return telling(ground, async () => {
    const plans = await plansOf(ground.db, storedModels(graph))
    const report: SyncReport = {
      created: plans.flatMap(({ created }) => created),
      statements: plans.flatMap(({ statements }) => statements),
      problems: plans.flatMap(({ problems }) => problems),
    }
    if (dryRun) return report
    if (report.problems.length > 0 && !partial) refuseSync(report.problems)
    for (const plan of plans) await carryOut(ground, plan)
    await ground.guards.ready()
    return report
  })
}

interface Plan extends SyncReport {
  readonly collection: string
  /** it is not there yet */
  readonly fresh: boolean
  readonly indexes: readonly Index[]
}

async function plansOf(db: Db, models: readonly Model[]): Promise<readonly Plan[]> {
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name))
  const plans: Plan[] = []
  for (const model of models) plans.push(await planFor(db, model, there.has(model.collection)))
  return plans
}

async function planFor(db: Db, model: Model, exists: boolean): Promise<Plan> {
  const { collection } = model
  const existing = exists ? await existingIndexes(db, collection) : []
  const { missing, problems } = planIndexes(collection, desiredIndexes(model), existing)
  const refused = [...problems]
  const indexes: Index[] = []
  for (const index of missing) {
    const repeated = exists && index.unique && (await isRepeated(db, collection, index))
    if (repeated) {
      refused.push({
        table: collection,
        what: `index ${index.name}`,
        reason: 'records that exist share a value that is to be unique',
        fix: 'Make the values differ first.',
      })
    } else indexes.push(index)
  }
  const fresh = !exists
  return {
    collection,
    fresh,
    indexes,
    created: [...(fresh ? [`table ${collection}`] : []), ...indexes.map(({ name }) => `index ${name}`)],
    statements: [
      ...(fresh ? [`db.createCollection(${JSON.stringify(collection)})`] : []),
      ...(indexes.length > 0 ? [statementText(collection, 'createIndexes', indexes.map(specOf))] : []),
    ],
    problems: refused,
  }
}

async function existingIndexes(db: Db, collection: string): Promise<readonly ExistingIndex[]> {
  const found: readonly Document[] = await db.collection(collection).listIndexes().toArray()
  return found.map((index) => ({
    name: String(index['name']),
    key: index['key'] as Document,
    unique: index['unique'] === true,
    where: (index['partialFilterExpression'] as Document | undefined) ?? null,
    // A sparse, hidden or collated index, or one that forgets records, answers for something else.
    plain: !['sparse', 'hidden', 'collation', 'expireAfterSeconds'].some((option) => Boolean(index[option])),
  }))
}

function specOf({ name, keys, unique, where }: Index): Document {
  return {
    name,
    key: Object.fromEntries(keys.map((key) => [key, 1])),
    ...(unique && { unique: true }),
    ...(where && { partialFilterExpression: where }),
  }
}

const NAMESPACE_EXISTS = 48

async function carryOut({ db, log }: Ground, plan: Plan): Promise<void> {
  const { collection, fresh, indexes, statements } = plan
  const [first = '', ...others] = statements
  if (fresh) await logged(log, first, () => createCollection(db, collection))
  if (indexes.length === 0) return
  await logged(log, others[0] ?? first, async () => {
    await db.command({ createIndexes: collection, indexes: indexes.map(specOf) })
  })
}

async function createCollection(db: Db, collection: string): Promise<void> {
  try {
    await db.createCollection(collection)
  } catch (error) {
    // Another process was faster.
    if (!(isDriverError(error) && error.code === NAMESPACE_EXISTS)) throw error
  }
}

async function logged(log: Ground['log'], statement: string, act: () => Promise<void>): Promise<void> {
  const began = performance.now()
  const entry = (): LogEntry => {
    return { kind: 'schema', statement, parameters: [], milliseconds: performance.now() - began, rows: 0 }
  }
  try {
    await act()
  } finally {
    log?.(entry())
  }
}

async function telling<T>({ deployment }: Ground, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw translate(error, { model: null, statement: null, maxDocument: deployment.maxDocument })
  }
}
