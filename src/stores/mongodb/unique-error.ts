import type { MongoError } from 'mongodb'
import { KinshipError } from '../../errors/index.js'
import type { Field, Model } from '../../schema/graph.js'
import { takenError } from '../../store/taken.js'
import { keyOf } from './values.js'

/**
 * What a duplicate key means. The server names the keys of the index; engines that speak its protocol without naming them
 * leave the fields open, and the write that failed looks them up.
 */
export function uniqueError(error: MongoError, model: Model | null): KinshipError | null {
  if (model === null || model.internal) {
    // Guards, and pairs: who wrote one looked for it before, so somebody else was faster.
    return new KinshipError('KIN_CONFLICT', { details: { attempts: 1 }, cause: error })
  }
  const pattern = (error as { readonly keyPattern?: unknown }).keyPattern
  const keys = typeof pattern === 'object' && pattern !== null ? Object.keys(pattern) : []
  const unique = model.uniques.find(({ fields }) => sameKeys(keysOf(model, fields), keys))
  if (unique !== undefined) return takenError({ model, unique }, error)
  if (keys.join() === '_id') return takenError({ model, unique: null }, error)
  return new KinshipError('KIN_UNIQUE', {
    message: `Another ${model.name} has a value already that must be unique.`,
    details: { model: model.name, fields: [] },
    cause: error,
  })
}

/** The dotted paths of fields in documents, by the names of a unique key or an index. */
export function keysOf(model: Model, names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const keys: string[] = []
    let fields: ReadonlyMap<string, Field> | null = model.fields
    for (const part of name.split('.')) {
      const field: Field | undefined = fields?.get(part)
      if (field === undefined) throw new TypeError(`No field "${name}" in "${model.name}"`)
      keys.push(keyOf(field))
      fields = field.fields
    }
    return keys.join('.')
  })
}

function sameKeys(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key) => right.includes(key))
}
