/**
 * What a walk has decided, in a table: closures of any size need no more memory than their pages. The rows are written in the
 * transaction of the delete and stay when it is over, so that its report can be gone through; a later large delete removes them.
 */
import { randomBytes } from 'node:crypto'
import { allOf } from '../../../plan/combine.js'
import { compare, equals, plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import type { Field, Graph, Model } from '../../../schema/graph.js'
import { workGraph } from '../../../schema/system-models.js'
import { chunks } from '../../../ties/chunks.js'
import type { Fate, Fates, Outcome } from '../../../ties/fate.js'
import type { ShelfAnswer } from '../../../ties/question.js'
import { idFromText } from '../../links/id-of.js'
import type { Unit } from '../../write/unit.js'
import type { Ledger } from './ledger.js'
import { viaFromText, viaToText } from './via-text.js'

const PAGE = 5_000
/** How long the rows of a closure are kept at least, in milliseconds. */
const KEPT = 3_600_000

const table = workGraph.system.get('kinship_closure')!
const fields = [...table.fields.values()]
const fieldOf = (name: string): Field => table.fields.get(name)!
const row = (id: unknown, { outcome, level, deletion }: Fate, shelf: string, via: string | null) => [
  id,
  shelf,
  outcome,
  level,
  deletion,
  via,
]

export class TableLedger implements Ledger {
  readonly #graph: Graph
  readonly #models: readonly Model[]
  /** ascends with time */
  readonly #closure = prefix(Date.now()) + randomBytes(3).toString('hex')
  /** where the rows are written and read; another one when the transaction is over */
  unit: Unit

  constructor(unit: Unit) {
    this.unit = unit
    this.#graph = unit.context.graph
    this.#models = [...this.#graph.models.values()]
  }

  /** Makes the table if it is missing, and removes what others have left in it long ago. */
  async open(): Promise<void> {
    const { context, session } = this.unit
    await context.store.addTables!(session, workGraph)
    const old = prefix(Date.now() - KEPT)
    await this.unit.remove(
      'ledger:forget',
      () => ({ model: table, where: compare(table.id!, 'lt', slot(0)) }),
      [old],
    )
  }

  async known(model: Model, ids: readonly unknown[]): Promise<Fates> {
    const found = new Map<unknown, Fate>()
    for (const chunk of chunks(ids)) {
      const { rows } = await this.unit.read(
        'ledger:known',
        () => plainRead(plainNode(table, fields, within(table.id!, slot(0)))),
        [chunk.map((id) => this.#key(model, id))],
      )
      for (const stored of rows) found.set(this.#idOf(model, stored), this.#fateOf(stored))
    }
    return found
  }

  async settle(model: Model, fates: Fates, before: Fates): Promise<void> {
    for (const chunk of chunks(fates)) {
      const again = chunk.filter(([id]) => before.has(id)).map(([id]) => this.#key(model, id))
      if (again.length > 0) {
        await this.unit.remove('ledger:again', () => ({ model: table, where: within(table.id!, slot(0)) }), [
          again,
        ])
      }
      const rows = chunk.map(([id, fate]) => {
        const via = fate.via && viaToText(this.#graph, fate.via)
        return row(this.#key(model, id), fate, this.#shelf(model, fate.step), via)
      })
      await this.unit.insert(table, fields, rows)
    }
  }

  async shelf(model: Model, step: number, after: unknown): Promise<ShelfAnswer> {
    const { rows } = await this.unit.read(
      `ledger:shelf:${after !== null}`,
      () => {
        const shelf = equals(fieldOf('shelf'), slot(0))
        const where = after === null ? shelf : allOf(shelf, compare(table.id!, 'gt', slot(1)))
        const order = [
          { direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: table.id! } },
        ] as const
        return plainRead(plainNode(table, fields, where, { order, limit: { fixed: PAGE } }))
      },
      [this.#shelf(model, step), after],
    )
    const fates = new Map(rows.map((stored) => [this.#idOf(model, stored), this.#fateOf(stored)]))
    return { fates, next: rows.length < PAGE ? null : rows.at(-1)!['id'] }
  }

  #shelf(model: Model, step: number): string {
    return `${this.#closure}.${this.#models.indexOf(model)}.${step}`
  }

  #key(model: Model, id: unknown): string {
    return `${this.#closure}.${this.#models.indexOf(model)}.${String(id)}`
  }

  #idOf(model: Model, stored: Row): unknown {
    const start = this.#key(model, '').length
    return idFromText(model, (stored['id'] as string).slice(start))
  }

  #fateOf(stored: Row): Fate {
    const via = stored['via'] as string | null
    return {
      outcome: stored['outcome'] as Outcome,
      via: via === null ? null : viaFromText(this.#graph, via),
      level: stored['level'] as number,
      step: Number((stored['shelf'] as string).split('.')[2]),
      // What the caller means is settled before anything is followed.
      buried: false,
      deletion: stored['deletion'] as string | null,
    }
  }
}

type Row = Record<string, unknown>

/** A moment, as text that ascends with time. */
const prefix = (milliseconds: number): string => milliseconds.toString(36).padStart(9, '0')
