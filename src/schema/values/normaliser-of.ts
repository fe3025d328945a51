import type { Field } from '../graph.js'
import { Flaw, type Normaliser } from './flaw.js'
import { normaliseBinary } from './normalise-binary.js'
import { normaliseDate } from './normalise-date.js'
import { decimalNormaliser } from './normalise-decimal.js'
import { enumNormaliser } from './normalise-enum.js'
import { idNormalisers } from './normalise-id.js'
import { normaliseJson } from './normalise-json.js'
import { normaliseBigint, normaliseBoolean, normaliseInteger, normaliseNumber } from './normalise-number.js'
import { normaliseText } from './normalise-text.js'

const known = new WeakMap<Field, Normaliser>()

/**
 * How one value of a field is checked and brought to the form in which it is stored and compared. For references and lists
 * that is one id. Objects and arrays have none of their own: their members and elements have.
 */
export function normaliserOf(field: Field): Normaliser {
  let normaliser = known.get(field)
  if (!normaliser) {
    normaliser = makeNormaliser(field)
    known.set(field, normaliser)
  }
  return normaliser
}

const notOne: Normaliser = () => new Flaw('type', 'no single value')

function makeNormaliser(field: Field): Normaliser {
  switch (field.kind) {
    case 'id':
    case 'reference':
    case 'list':
      return idNormalisers[field.idKind ?? 'objectId']
    case 'string':
    case 'text':
      return normaliseText
    case 'integer':
      return normaliseInteger
    case 'bigint':
      return normaliseBigint
    case 'number':
      return normaliseNumber
    case 'decimal':
      return decimalNormaliser(field.precision, field.scale)
    case 'boolean':
      return normaliseBoolean
    case 'date':
      return normaliseDate
    case 'json':
      return normaliseJson
    case 'binary':
      return normaliseBinary
    case 'enum':
      return enumNormaliser(field.values ?? [])
    case 'object':
    case 'array':
      return notOne
  }
}
