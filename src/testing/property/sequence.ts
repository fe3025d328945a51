/** Runs one sequence of operations against the oracle and every store given, and demands equal answers and contents. */
import { connect } from '../../engine/connect.js'
import type { Graph, Layout } from '../../schema/graph.js'
import type { Store } from '../../store/store.js'
import { type GraphDescription, type Id, Oracle } from '../oracle/index.js'
import { buildGraph } from './build-graph.js'
import { type AnyDb, askOracle, askStore, type Call, print, printCall, writes } from './call.js'
import { observed, refusal } from './observed.js'
import { type Kind, randomCall } from './random-call.js'
import { endsOf, RandomData } from './random-data.js'
import { Random } from './random.js'

export interface Operation {
  readonly kind: Kind
  readonly seed: number
}

/** One way to store a graph. */
export interface Variant {
  /** `sqlite array` */
  readonly name: string
  /** a new, empty store; closed after the sequence */
  readonly open: () => Store
  /** the layout of each `many` that could have several; undefined for the default */
  readonly layoutOf: (association: string) => Layout | undefined
}

interface Opened {
  readonly name: string
  readonly db: AnyDb
  readonly close: () => Promise<void>
}

interface Lifecycle {
  readonly sync: () => Promise<unknown>
  readonly close: () => Promise<void>
}

/** @throws Error with the calls that led there, ready to be pasted, when an answer or the content differs */
export async function runSequence(description: GraphDescription, operations: readonly Operation[], variants: readonly Variant[]): Promise<void> {
  const oracle = new Oracle(description)
  const newId = idMaker(description)
  const opened: Opened[] = []
  const script: string[] = []
  try {
    for (const variant of variants) opened.push(await openVariant(description, variant))
    for (const { kind, seed } of operations) {
      const call = randomCall(kind, new RandomData(description, oracle, new Random(seed), newId))
      script.push(printCall(call))
      await compare(call, oracle, opened)
      if (!writes(call)) continue
      for (const look of contents(description)) await compare(look, oracle, opened)
    }
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    throw new Error(`${told}\n\nafter\n${script.join('\n')}\n\nin the graph\n${print(description)}`, { cause: error })
  } finally {
    for (const { close } of opened) await close()
  }
}

async function openVariant(description: GraphDescription, { name, open, layoutOf }: Variant): Promise<Opened> {
  const graph: Graph = buildGraph(description, layoutOf)
  const store = open()
  const connectLoosely = connect as unknown as (graph: Graph, store: Store) => Promise<AnyDb & Lifecycle>
  const db = await connectLoosely(graph, store)
  await db.sync()
  return {
    name,
    db,
    close: async () => {
      await db.close()
      await store.close()
    },
  }
}

async function compare(call: Call, oracle: Oracle, opened: readonly Opened[]): Promise<void> {
  const expected = print(attempt(() => observed(call, askOracle(oracle, call))))
  for (const { name, db } of opened) {
    const answer = await attemptLater(async () => observed(call, await askStore(db, call)))
    if (print(answer) === expected) continue
    throw new Error(`${printCall(call)}\n  the oracle: ${expected}\n  ${name}: ${print(answer)}`)
  }
}

function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return { refused: refusal(error) }
  }
}

async function attemptLater(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    return { refused: refusal(error) }
  }
}

/** Everything that is stored: raw ids as they are, and every end with its pairs. */
function* contents(description: GraphDescription): Generator<Call> {
  for (const model of Object.keys(description.models)) {
    yield { model, method: 'find', args: [{ deleted: 'include' }] }
    const ends = endsOf(description, model)
    if (ends.length === 0) continue
    const populate = Object.fromEntries(ends.map((end) => [end.name, { select: ['title'], deleted: 'include' }]))
    yield { model, method: 'find', args: [{ deleted: 'include', select: ['id'], populate }] }
  }
}

/** Ids in ascending order, of each model's kind. */
function idMaker(description: GraphDescription): (model: string) => Id {
  let made = 0
  return (model) => {
    made++
    const hex = made.toString(16).padStart(32, '0')
    switch (description.models[model]?.id ?? 'objectId') {
      case 'integer':
        return made
      case 'string':
        return `s${made}`
      case 'uuid':
        return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      case 'objectId':
        return hex.slice(8)
    }
  }
}
