/** Puts a call to the oracle, or to a database. */
import type { Strategy } from '../../store/read.js'
import type { Oracle } from '../oracle/index.js'
import type { AnyDb, Methods } from './any-db.js'
import type { Call } from './call.js'
import { composites, reading } from './composites.js'

/** What the oracle answers. */
export function tell(oracle: Oracle, call: Call): unknown {
  const { model, method, args, at, scopes } = call
  const seen = scopes ? oracle.scoped(scopes) : oracle
  const composite = composites[method]
  if (composite) return composite.tell(oracle, call, tell)
  const pages = reading[method]
  if (pages) return pages.tell(seen, call, tell)
  const repository = seen.model(model)
  const target = at ? repository.at(at.id)[at.kind](at.end) : repository
  return (target as unknown as Methods)[method]!(...args)
}

/** What a database answers. */
export async function ask(db: AnyDb, call: Call): Promise<unknown> {
  const { model, method, args, at, scopes } = call
  const seen = scopes ? db.scoped(scopes) : db
  const composite = composites[method] ?? reading[method]
  if (composite) return composite.ask(seen, call, ask)
  const repository = seen[model]!
  const target: Methods = at ? repository.at(at.id)[at.end]! : repository
  return target[method]!(...args)
}

/** The call with a strategy for every node of its query; null where it has no query to say so in. */
export function withStrategy(call: Call, strategy: Strategy): Call | null {
  const place = call.method === 'findById' ? 1 : 0
  if (call.at || !['find', 'findOne', 'findById', 'walk', 'stream'].includes(call.method)) return null
  const query = (call.args[place] ?? {}) as Readonly<Record<string, unknown>>
  if (query['populate'] === undefined) return null
  return { ...call, args: call.args.with(place, { ...query, strategy }) }
}
