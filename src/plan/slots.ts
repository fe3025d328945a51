import { fail } from '../errors/index.js'
import { Flaw, type Normaliser } from '../schema/values/flaw.js'
import type { Value } from '../store/filter.js'
import { refuseValue } from './refuse-value.js'

/** The place of one value of a call: how the value is checked and normalised, on every call. */
export interface Slot {
  /** @throws KIN_INVALID_VALUE or KIN_INVALID_ID */
  readonly read: (value: unknown) => unknown
}

/**
 * Hands out slots while a query is parsed. `values` are those that `shape-key` found; taking them in another order would
 * bind a value to the wrong place, so every value is compared.
 */
export class Slots {
  readonly list: Slot[] = []
  readonly #values: readonly unknown[]
  readonly #first: number

  /** @param first number of the first slot: how many values belong to the caller's scope */
  constructor(values: readonly unknown[], first: number) {
    this.#values = values
    this.#first = first
  }

  /** A slot for one value. `model` is the one whose id it is, null for other values. */
  one(value: unknown, normalise: Normaliser, path: string, model: string | null): Value {
    return this.#take(value, (given) => readOne(given, normalise, path, model))
  }

  /** A slot for a list, as `$in` takes one: nulls are left out, the filter tests for them. */
  many(value: unknown, normalise: Normaliser, path: string, model: string | null): Value {
    return this.#take(value, (given) => readMany(given as readonly unknown[], normalise, path, model))
  }

  /** Asserts that no value was left over. */
  finish(): void {
    if (this.#first + this.list.length !== this.#values.length) this.#outOfStep()
  }

  #take(value: unknown, read: Slot['read']): Value {
    const slot = this.#first + this.list.length
    if (!Object.is(this.#values[slot], value)) {
      // An object is listed as what is in it; where it can be no value either, that is what is wrong.
      read(value)
      this.#outOfStep()
    }
    this.list.push({ read })
    return { slot }
  }

  #outOfStep(): never {
    return fail('KIN_INTERNAL', { message: 'A query and its plan key list different values.' })
  }
}

function readOne(value: unknown, normalise: Normaliser, path: string, model: string | null): unknown {
  const normal = normalise(value)
  return normal instanceof Flaw ? refuseValue(normal, value, path, model) : normal
}

function readMany(
  values: readonly unknown[],
  normalise: Normaliser,
  path: string,
  model: string | null,
): unknown[] {
  const out: unknown[] = []
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (value !== null) out.push(readOne(value, normalise, `${path}[${index}]`, model))
  }
  return out
}

/** Normalises a call's values in place, from the first one that is not the scope's. */
export function readValues(slots: readonly Slot[], values: unknown[], first: number): void {
  for (let index = 0; index < slots.length; index++) {
    values[first + index] = (slots[index] as Slot).read(values[first + index])
  }
}
