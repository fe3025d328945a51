import { expect } from 'vitest'
import type { ErrorCode } from '../../../src/errors/index.js'
import { isKinshipError } from '../../../src/errors/index.js'
import {
  type FieldDescription,
  type GraphDescription,
  type Id,
  type ModelDescription,
  Oracle,
} from '../../../src/testing/oracle/index.js'

/** A clock that stands still until it is told to go on. */
export class Clock {
  #ms = Date.UTC(2026, 0, 1)
  now = (): Date => new Date(this.#ms)
  tick(): Date {
    this.#ms += 1000
    return this.now()
  }
}

/** A model with ids that the test gives, which read well. */
export function named(
  fields: Record<string, FieldDescription>,
  options: Partial<ModelDescription> = {},
): ModelDescription {
  return { id: 'string', ...options, fields: { name: { kind: 'string', optional: true }, ...fields } }
}

export function oracleOf(models: GraphDescription['models'], clock = new Clock()): Oracle {
  return new Oracle({ models }, { now: clock.now })
}

/** The code that a call is refused with, having changed nothing; null where it is not refused. */
export function refusal(oracle: Oracle, call: () => unknown): ErrorCode | null {
  const before = structuredClone(oracle.world)
  try {
    call()
  } catch (error) {
    if (!isKinshipError(error)) throw error
    expect(oracle.world).toEqual(before)
    return error.code
  }
  return null
}

export function idsOf(records: readonly Record<string, unknown>[]): Id[] {
  return records.map((record) => record['id'] as Id)
}

/** Ids of what is stored for a model, by fate: live, and soft-deleted. */
export function living(oracle: Oracle, model: string): { live: Id[]; hidden: Id[] } {
  const repo = oracle.model(model)
  return {
    live: idsOf(repo.find()),
    hidden: idsOf(repo.find({ deleted: 'only' })),
  }
}
