/** A database of plain objects that answers the questions of the pure part of a delete, and counts them. */
import type { Edge, Graph, Model } from '../../src/schema/graph.js'
import { closureOf, type Closure } from '../../src/ties/closure.js'
import type { Outcome } from '../../src/ties/fate.js'
import type { Ask, PairsAnswer, Question, RecordsAnswer, TakenAnswer } from '../../src/ties/question.js'

/** Members of a record; lists of ids in every layout alike; `deletedBy` where it is soft-deleted. */
export type Stored = Readonly<Record<string, unknown>>
/** records by model and id */
export type World = Readonly<Record<string, Readonly<Record<string, Stored>>>>

export class Database {
  readonly questions: Question[] = []
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
    while (!step.done) {
      this.questions.push(step.value)
      step = ask.next(this.#answer(step.value))
    }
    return step.value
  }

  close(model: string, ids: readonly string[], outcome: Outcome, watch = (_size: number) => {}): Closure {
    return this.run(closureOf([{ model: this.model(model), ids, outcome }], watch))
  }

  #answer(question: Question): RecordsAnswer | PairsAnswer | TakenAnswer {
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
    return all.filter(({ owner }) => asked.has(owner))
  }

  #records(model: Model): Readonly<Record<string, Stored>> {
    return this.#world[model.name] ?? {}
  }

  #pairs(edge: Edge): { owner: unknown; target: unknown }[] {
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
export function fatesOf({ fates }: Closure): string[] {
  return [...fates.models()]
    .flatMap(([model, known]) =>
      [...known].map(([id, { outcome }]) => `${model.name} ${String(id)}: ${outcome}`),
    )
    .sort()
}

/** Pairs as `association holder > target`. */
export const tiedOf = (list: Closure['unset']): string[] =>
  list.map(({ edge, holder, target }) => `${edge.association} ${String(holder)} > ${String(target)}`).sort()
