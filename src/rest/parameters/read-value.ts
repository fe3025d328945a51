import type { Field } from '../../schema/graph.js'
import { Flaw } from '../../schema/values/flaw.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import { fromJson } from '../bodies/from-json.js'
import { refuseValue } from './parameter.js'

/** The text of a parameter as a value of a field. */
export function readValue(field: Field, text: string, name: string): unknown {
  const value = field.kind === 'json' ? parseJson(text, name) : fromText(field, text)
  if (field.kind === 'json') return value
  const normal = normaliserOf(field)(value)
  return normal instanceof Flaw ? refuseValue(name, normal.expected) : normal
}

function fromText(field: Field, text: string): unknown {
  switch (field.kind === 'reference' || field.kind === 'list' ? 'id' : field.kind) {
    case 'id':
      return field.idKind === 'integer' ? toNumber(text) : text
    case 'integer':
    case 'number':
      return toNumber(text)
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : text)
    default:
      return fromJson(field, text)
  }
}

const decimalNumber = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

const toNumber = (text: string): unknown => (decimalNumber.test(text) ? Number(text) : text)

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return refuseValue(name, 'JSON')
  }
}
