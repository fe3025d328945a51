import type { Field, IdKind } from '../../schema/graph.js'
import { describedIds } from './id-words.js'
import type { JsonSchema } from './json-schema.js'

const ids: Readonly<Record<IdKind, JsonSchema>> = {
  objectId: { type: 'string', pattern: '^[0-9a-fA-F]{24}$', description: describedIds.objectId },
  uuid: { type: 'string', format: 'uuid' },
  integer: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  string: { type: 'string', minLength: 1 },
}

export const idSchema = (kind: IdKind | null): JsonSchema => ids[kind ?? 'string']

/** One value of a field, as JSON has it. */
export function valueSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case 'id':
    case 'reference':
    case 'list':
      return idSchema(field.idKind)
    case 'string':
    case 'text':
      return { type: 'string' }
    case 'integer':
      return { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }
    case 'bigint':
      return { type: 'string', pattern: '^-?[0-9]{1,19}$' }
    case 'number':
      return { type: 'number' }
    case 'decimal':
      return { type: 'string', pattern: decimalPattern(field) }
    case 'boolean':
      return { type: 'boolean' }
    case 'date':
      return { type: 'string', format: 'date-time' }
    case 'binary':
      return { type: 'string', contentEncoding: 'base64' }
    case 'enum':
      return { type: 'string', enum: field.values ?? [] }
    case 'json':
    case 'object':
    case 'array':
      return {}
  }
}

function decimalPattern({ precision, scale }: Field): string {
  const whole = `-?[0-9]{1,${Math.max(1, precision - scale)}}`
  return scale === 0 ? `^${whole}$` : `^${whole}(\\.[0-9]{1,${scale}})?$`
}
