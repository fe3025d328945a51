/** Calls that stand for several: pages walked forth and back, a stream read to its end, a plan carried out, a transaction. */
import type { Oracle, ScopedOracle } from '../oracle/index.js'
import type { AnyDb } from './any-db.js'
import type { Call } from './call.js'
import { passesOn, Undecided } from './collisions.js'
import { Abandoned, answered, answeredLater, isRefused, observed } from './observed.js'

type Tell = (oracle: Oracle, call: Call) => unknown
type Ask = (db: AnyDb, call: Call) => Promise<unknown>

interface Composite<Asked> {
  /** @param tell puts a single call to the oracle */
  tell(oracle: Asked, call: Call, tell: Tell): unknown
  /** @param ask puts a single call to a database */
  ask(db: AnyDb, call: Call, ask: Ask): Promise<unknown>
}

type Query = Readonly<Record<string, unknown>>

/** R11: pages of `findPage`, one after another and back again, are what `find` gives. args: the query and the size of a page */
const walk: Composite<ScopedOracle> = {
  tell(oracle, { model, args }) {
    const [query, limit] = args as [Query, number]
    const records = oracle.model(model).find(query)
    const pages = Array.from({ length: Math.max(1, Math.ceil(records.length / limit)) }, (_, index) =>
      records.slice(index * limit, (index + 1) * limit),
    )
    return { total: records.length, forth: pages, back: pages.slice(0, -1).toReversed() }
  },
  async ask(db, { model, args }) {
    const [query, limit] = args as [Query, number]
    const { findPage } = db[model]!
    const page = (more: Query) => findPage!({ ...query, limit, ...more }) as Promise<Page>
    const first = await page({ total: true })
    const forth = [first]
    let last = first
    while (last.hasNext) {
      // Ordered by $size there are no cursors.
      last = await page(last.next === null ? { offset: forth.length * limit } : { after: last.next })
      forth.push(last)
    }
    const back: Page[] = []
    if (first.next === null) back.push(...forth.slice(0, -1).toReversed())
    else for (let at = last; at.previous !== null; back.push(at)) at = await page({ after: at.previous })
    return {
      total: first.total,
      forth: forth.map(({ records }) => records),
      back: back.map(({ records }) => records),
    }
  },
}

interface Page {
  readonly records: readonly unknown[]
  readonly next: string | null
  readonly previous: string | null
  readonly hasNext: boolean
  readonly total?: number
}

/** R28: what is streamed is what is found. args: the query, options */
const stream: Composite<ScopedOracle> = {
  tell: (oracle, { model, args }) => oracle.model(model).find(args[0] as Query),
  async ask(db, { model, args }) {
    const records: unknown[] = []
    for await (const record of db[model]!['stream']!(...args) as AsyncIterable<unknown>) records.push(record)
    return records
  },
}

/** A plan, and the delete that carries it out. args: the id, options of the plan */
const planned: Composite<Oracle> = {
  tell(oracle, call, tell) {
    const [plan, remove] = planThenDelete(call)
    const planning = tell(oracle, plan)
    return [observed(plan, planning), observed(remove, tell(oracle, withPlan(remove, planning)))]
  },
  async ask(db, call, ask) {
    const [plan, remove] = planThenDelete(call)
    const planning = await ask(db, plan)
    return [observed(plan, planning), observed(remove, await ask(db, withPlan(remove, planning)))]
  },
}

function planThenDelete({ model, args }: Call): [Call, Call] {
  return [
    { model, method: 'planDelete', args },
    { model, method: 'delete', args: [args[0]] },
  ]
}

const withPlan = (remove: Call, plan: unknown): Call => ({ ...remove, args: [...remove.args, { plan }] })

/** R31: several calls as one; refusals inside are caught. args: the calls, and whether the callback throws in the end */
const transaction: Composite<Oracle> = {
  tell(oracle, { args }, tell) {
    const [calls, outcome] = args as [readonly Call[], 'commit' | 'abandon']
    const answers: unknown[] = []
    let undecided = false
    const ended = answered(() =>
      oracle.transaction(() => {
        for (const call of calls) {
          const before = answered(() => oracle.world)
          const answer = answered(() => observed(call, tell(oracle, call)))
          answers.push(loosely(answer))
          if (isRefused(before) || isRefused(answer)) continue
          undecided ||= passesOn(call, oracle.graph, before as Oracle['world'], oracle.world)
        }
        if (outcome === 'abandon') throw new Abandoned()
        return 'committed'
      }),
    )
    if (undecided) throw new Undecided()
    return { answers, ended }
  },
  async ask(db, { args }, ask) {
    const [calls, outcome] = args as [readonly Call[], 'commit' | 'abandon']
    const answers: unknown[] = []
    const ended = await answeredLater(() =>
      db.transaction(async (tx) => {
        for (const call of calls) {
          answers.push(loosely(await answeredLater(async () => observed(call, await ask(tx, call)))))
        }
        if (outcome === 'abandon') throw new Abandoned()
        return 'committed'
      }),
    )
    return { answers, ended }
  },
}

/** Which of several collisions is told first is left to the store. */
function loosely(answer: unknown): unknown {
  return isRefused(answer) && answer.refused === 'KIN_ONE_TAKEN' ? { refused: 'KIN_UNIQUE' } : answer
}

/** Removes for good what was deleted before a date, in every model. args: options */
const purge: Composite<Oracle> = {
  tell: (oracle, { args }) => oracle.purge(args[0] as { readonly before: Date }),
  ask: async (db, { args }) => db.purge(args[0]),
}

/** Those that read, of a scoped database, too. */
export const reading: Readonly<Record<string, Composite<ScopedOracle>>> = { walk, stream }
export const composites: Readonly<Record<string, Composite<Oracle>>> = { planned, transaction, purge }
