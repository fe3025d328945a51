import { heldBy } from '../links/held-by.js'
import { pairsOf } from '../links/pairs-of.js'
import { removeAtOnce } from '../write/ends/change-at-once.js'
import { removeHolders } from '../write/ends/change-holders.js'
import { removeFromSet } from '../write/ends/change-set.js'
import type { Report } from '../write/ends/end-change.js'
import { visiblePairs } from '../write/ends/visible-pairs.js'
import { notFound } from '../write/not-found.js'
import { readId, readIdOf } from '../write/read-id.js'
import { requireOwner } from '../write/read-owner.js'
import { runSupposing } from '../write/run-supposing.js'
import { changeEnd } from './change-end.js'
import { createdRecords } from './created-records.js'
import type { HandleAt } from './handle-at.js'
import { countEnd, type EndQuery, readEnd } from './read-end.js'

type Members = Readonly<Record<string, unknown>>

/** One record's to-many end; `ManyHandle` in the types documents each method. */
export class ManyHandle {
  readonly #at: HandleAt

  constructor(at: HandleAt) {
    this.#at = at
  }

  async list(query?: EndQuery): Promise<unknown> {
    return readEnd(this.#at, query)
  }

  async count(query?: EndQuery): Promise<number> {
    return countEnd(this.#at, query)
  }

  async has(target: unknown): Promise<boolean> {
    const id = readIdOf(this.#at.edge.to, target, 'target')
    return (await countEnd(this.#at, { where: { id } })) > 0
  }

  async add(targets: unknown, payload?: unknown): Promise<Report> {
    return changeEnd(this.#at, { targets, payload, mode: 'add' }, reportOf)
  }

  /** The pair must be shown: this changes what is there and adds nothing. */
  async update(target: unknown, payload: unknown): Promise<Report> {
    const { edge } = this.#at
    const id = readIdOf(edge.to, target, 'target')
    const wanted = { targets: [id], payload: payload ?? {}, mode: 'add' } as const
    return changeEnd(this.#at, wanted, reportOf, async (unit, owner) => {
      const pairs = await visiblePairs(unit, edge, await pairsOf(edge).read(unit, edge, [owner], [id]))
      if (pairs.length === 0) notFound(edge.to, [id])
    })
  }

  async remove(targets: unknown): Promise<Report> {
    const { context, edge, owner } = this.#at
    return runSupposing(
      context,
      () => {
        const list: readonly unknown[] = Array.isArray(targets) ? targets : [targets]
        const ids = list.map((target, index) => readIdOf(edge.to, target, `targets[${index}]`))
        return { id: readId(edge.from, owner), ids: [...new Set(ids)] }
      },
      async (unit, { id, ids }, supposing) => {
        await requireOwner(unit, edge.from, id)
        const removeFrom = heldBy(edge).many ? removeFromSet : removeHolders
        return (supposing && (await removeAtOnce(unit, edge, id, ids))) || removeFrom(unit, edge, id, ids)
      },
    )
  }

  async set(targets: unknown, payload?: unknown): Promise<Report> {
    return changeEnd(this.#at, { targets, payload, mode: 'set' }, reportOf)
  }

  async clear(): Promise<Report> {
    return this.set([])
  }

  async create(data: unknown, payload?: unknown): Promise<Members | Members[]> {
    const list: readonly unknown[] = Array.isArray(data) ? data : [data]
    const targets = list.map((one) => ({ $create: one }))
    const records = await changeEnd(this.#at, { targets, payload, mode: 'add' }, createdRecords)
    return Array.isArray(data) ? records : (records[0] as Members)
  }
}

const reportOf = (_unit: unknown, { report }: { readonly report: Report }): Report => report
