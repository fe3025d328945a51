/** A call of the public API as plain data, so that the oracle and every store are asked exactly the same. */
import type { Oracle } from '../oracle/index.js'

export interface Call {
  readonly model: string
  /** a method of the repository, or, with `at`, of one of its handles */
  readonly method: string
  readonly args: readonly unknown[]
  readonly at?: { readonly id: unknown; readonly end: string; readonly kind: 'many' | 'one' | 'array' }
}

/** Whether a call may change what is stored. */
export const writes = (call: Call): boolean => !['find', 'count', 'list', 'get', 'has', 'planDelete'].includes(call.method)

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

export function askOracle(oracle: Oracle, { model, method, args, at }: Call): unknown {
  const repository = oracle.model(model)
  const target = at ? repository.at(at.id)[at.kind](at.end) : repository
  return (target as unknown as Methods)[method]!(...args)
}

export type AnyDb = Readonly<Record<string, Methods & { at(id: unknown): Readonly<Record<string, Methods>> }>>

export async function askStore(db: AnyDb, { model, method, args, at }: Call): Promise<unknown> {
  const repository = db[model]!
  const target = at ? repository.at(at.id)[at.end]! : repository
  return target[method]!(...args)
}

/** A call as one would type it, for the report of a failure. */
export function printCall({ model, method, args, at }: Call): string {
  const handle = at ? `.at(${print(at.id)}).${at.end}` : ''
  return `await db.${model}${handle}.${method}(${args.map(print).join(', ')})`
}

export const print = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)) ?? 'undefined'
