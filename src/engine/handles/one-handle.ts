import type { Report } from '../write/ends/end-change.js'
import { changeEnd } from './change-end.js'
import { createdRecords } from './created-records.js'
import type { HandleAt } from './handle-at.js'
import { type EndQuery, readEnd } from './read-end.js'

type Members = Readonly<Record<string, unknown>>

/** One record's to-one end; `OneHandle` in the types documents each method. */
export class OneHandle {
  readonly #at: HandleAt

  constructor(at: HandleAt) {
    this.#at = at
  }

  async get(query?: EndQuery): Promise<unknown> {
    return readEnd(this.#at, query)
  }

  async set(target: unknown): Promise<Report> {
    return changeEnd(this.#at, { targets: target, mode: 'set' }, (_unit, { report }) => report)
  }

  async create(data: unknown): Promise<Members> {
    const wanted = { targets: { $create: data }, mode: 'set' } as const
    const [record] = await changeEnd(this.#at, wanted, createdRecords)
    return record as Members
  }
}
