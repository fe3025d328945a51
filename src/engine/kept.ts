import type { CompiledRead } from '../store/read.js'
import type { CompiledInsert, CompiledLink, CompiledWrite } from '../store/write.js'
import { Cache } from './cache.js'
import type { PreparedCount, PreparedRead } from './read/prepared.js'

/** Plans of one model's calls under one caller's scopes, by operation and the query's key. */
export interface Plans {
  readonly find: Cache<PreparedRead>
  readonly findOne: Cache<PreparedRead>
  readonly findById: Cache<PreparedRead>
  readonly page: Cache<PreparedRead>
  readonly boundary: Cache<PreparedRead>
  readonly byIds: Cache<PreparedRead>
  readonly exists: Cache<PreparedRead>
  readonly count: Cache<PreparedCount>
}

/** What was planned and compiled before, for everything that derives from one `connect`. */
export interface Kept {
  /** by model and shape of the scopes */
  readonly plans: Cache<Plans>
  /** single statements of the writers, by keys of their own */
  readonly reads: Cache<CompiledRead>
  readonly writes: Cache<CompiledWrite>
  readonly inserts: Cache<CompiledInsert>
  readonly links: Cache<CompiledLink>
}

export function newKept(): Kept {
  return {
    plans: new Cache(),
    reads: new Cache(),
    writes: new Cache(),
    inserts: new Cache(),
    links: new Cache(),
  }
}

export function newPlans(): Plans {
  return {
    find: new Cache(),
    findOne: new Cache(),
    findById: new Cache(),
    page: new Cache(),
    boundary: new Cache(),
    byIds: new Cache(),
    exists: new Cache(),
    count: new Cache(),
  }
}
