/** A database of plain objects that answers the questions of the pure part of a delete, and counts them. */
import type { Edge, Graph, Model } from '../../src/schema/graph.js'
import type { Named } from '../../src/ties/by-record.js'
import { type Closure, Walk } from '../../src/ties/closure.js'
import { type Consequence, consequences } from '../../src/ties/consequences.js'
import type { Fate, Outcome, Tied } from '../../src/ties/fate.js'
import { MemoryLedger } from '../../src/ties/memory-ledger.js'
import type {
  Answer,
  Ask,
  Finding,
  LedgerQuestion,
  Question,
  StoredPair,
  TakenAnswer,
} from '../../src/ties/question.js'

/** Members of a record; lists of ids in every layout alike; `deletedBy` where it is soft-deleted. */
export type Stored = Readonly<Record<string, unknown>>
/** records by model and id */
export type World = Readonly<Record<string, Readonly<Record<string, Stored>>>>

/** A closure, with what it means for others. */
export interface Closed extends Closure {
  readonly records: readonly (readonly [Named, Fate])[]
  readonly unset: readonly Tied[]
  readonly dangling: readonly Tied[]
  readonly blockers: readonly Tied[]
}

export class Database {
  /** those that a database has to answer */
  readonly questions: Question[] = []
  #ledger = new MemoryLedger()
  readonly #found: Tied[] = []
  readonly graph: Graph
  readonly #world: World

  constructor(graph: Graph, world: World) {
    this.graph = graph
    this.#world = world
  }

  model(name: string): Model {
    return this.graph.models.get(name)!
  }

  run<R>(ask: Ask<R>): R {
    let step = ask.next()
    while (!step.done) step = ask.next(this.#answer(step.value))
    return step.value
  }

  close(model: string, ids: readonly string[], outcome: Outcome, watch = (_size: number) => {}): Closed {
    this.#ledger = new MemoryLedger()
    const walk = new Walk(1_000, watch)
    this.run(walk.begin({ model: this.model(model), ids, outcome }))
    this.run(walk.follow())
    const { tally, orphans, deletions } = walk
    const closure = { tally, orphans, deletions }
    return {
      ...closure,
      records: [...this.#ledger.all()],
      unset: this.#consequences(closure, 'weak'),
      dangling: this.#consequences(closure, 'dangling'),
      blockers: this.#consequences(closure, 'restrict'),
    }
  }

  #consequences(closure: Closure, wanted: Consequence): readonly Tied[] {
    this.run(consequences(closure, wanted))
    return this.#found.splice(0)
  }

  #answer(question: Question): Answer {
    if (question.ask === 'known') return this.#ledger.known(question.model)
    if (question.ask === 'shelf') return this.#ledger.shelf(question.model, question.step, question.after)
    if (question.ask === 'settle') this.#ledger.settle(question.model, question.fates)
    else if (question.ask === 'found') this.#found.push(...question.tied)
    else return this.#look(question)
    return undefined
  }

  #look(question: Exclude<Question, LedgerQuestion | Finding>): Answer {
    this.questions.push(question)
    if (question.ask === 'records') {
      const { model, ids } = question
      return ids.flatMap((id) => {
        const stored = this.#records(model)[id as string]
        return stored ? [{ id, deletion: (stored['deletedBy'] as string | undefined) ?? null }] : []
      })
    }
    if (question.ask === 'taken') return this.#taken(question.model, question.ids)
    const { edge, ids } = question
    const asked = new Set(ids)
    const holders = edge.holder ? this.#pairs(edge) : this.#pairs(edge.reverse)
    const all = edge.symmetric
      ? [...holders, ...holders.map(turned)]
      : edge.holder
        ? holders
        : holders.map(turned)
    return { pairs: all.filter(({ owner }) => asked.has(owner)), next: null }
  }

  #records(model: Model): Readonly<Record<string, Stored>> {
    return this.#world[model.name] ?? {}
  }

  #pairs(edge: Edge): StoredPair[] {
    if (edge.through?.declared) {
      const [near, far] = [edge.through.near[0]!, edge.through.far[0]!]
      return Object.values(this.#records(edge.through.model)).map((pair) => ({
        owner: pair[near],
        target: pair[far],
      }))
    }
    return Object.entries(this.#records(edge.from)).flatMap(([owner, record]) =>
      idsAt(record, edge.path).map((target) => ({ owner, target })),
    )
  }

  #taken(model: Model, ids: readonly unknown[]): TakenAnswer {
    const records = Object.values(this.#records(model))
    const isTaken = (stored: Stored, fields: readonly string[]): boolean =>
      records.some(
        (other) =>
          other !== stored && !other['deletedBy'] && fields.every((name) => other[name] === stored[name]),
      )
    return new Map(
      ids.flatMap((id) => {
        const stored = this.#records(model)[id as string]!
        const unique = model.uniques.find(({ fields }) => isTaken(stored, fields))
        return unique ? [[id, unique.fields]] : []
      }),
    )
  }
}

const turned = ({ owner, target }: { owner: unknown; target: unknown }) => ({ owner: target, target: owner })

function idsAt(value: unknown, path: readonly string[]): unknown[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((element) => idsAt(element, path))
  const [name, ...rest] = path
  return name === undefined ? [value] : idsAt((value as Record<string, unknown>)[name], rest)
}

/** What becomes of each record, as `model id: outcome`. */
export const fatesOf = ({ records }: Closed): string[] =>
  records.map(([{ model, id }, { outcome }]) => `${model.name} ${String(id)}: ${outcome}`).sort()

/** Pairs as `association holder > target`. */
export const tiedOf = (list: readonly Tied[]): string[] =>
  list.map(({ edge, holder, target }) => `${edge.association} ${String(holder)} > ${String(target)}`).sort()
