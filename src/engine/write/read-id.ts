import { refuseValue } from '../../plan/refuse-value.js'
import type { Model } from '../../schema/graph.js'
import { Flaw } from '../../schema/values/flaw.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import { idOf } from '../links/id-of.js'

/** An id that a call names. @throws KIN_INVALID_ID */
export function readId(model: Model, value: unknown, path = 'id'): unknown {
  const id = normaliserOf(idOf(model))(value)
  return id instanceof Flaw ? refuseValue(id, value, path, model.name) : id
}

/** An id, or a record of which the id counts. @throws KIN_INVALID_ID */
export function readIdOf(model: Model, value: unknown, path: string): unknown {
  return readId(model, isPlainObject(value) ? value['id'] : value, path)
}
