import type { Content } from '../../../store/description.js'

/** A column's type, as the catalogue has it; that of a domain is the one it was made of. */
export interface ColumnType {
  readonly name: string
  /** of `numeric`; null where it has no limits */
  readonly precision: number | null
  readonly scale: number | null
  /** labels of an enum, or texts that a check allows */
  readonly labels: readonly string[] | null
  /** every whole number in it is a safe integer */
  readonly safe: boolean
}

const plain = { precision: 0, scale: 0, values: null, codec: null, id: null }

/** Of a type of its own that is written and read as text. */
const otherText: Content = { ...plain, kind: 'string', codec: { name: 'asText' } }

/** The field for a column; null where kinship has none that could be written as well as read. */
export function fitContent({ name, precision, scale, labels, safe }: ColumnType): Content | null {
  if (labels !== null) return { ...plain, kind: 'enum', values: labels }
  switch (name) {
    case 'int2':
    case 'int4':
    case 'int8':
      return safe ? { ...plain, kind: 'integer', id: 'integer' } : { ...plain, kind: 'bigint' }
    case 'numeric':
      return numeric(precision, scale)
    case 'float4':
    case 'float8':
      return { ...plain, kind: 'number' }
    case 'text':
    case 'varchar':
    case 'bpchar':
      return { ...plain, kind: 'string', id: 'string' }
    case 'uuid':
      return { ...otherText, id: 'uuid' }
    case 'name':
    case 'citext':
    case 'inet':
    case 'cidr':
    case 'macaddr':
    case 'macaddr8':
    case 'interval':
    case 'time':
    case 'timetz':
      return otherText
    case 'bool':
      return { ...plain, kind: 'boolean' }
    case 'timestamptz':
    case 'timestamp':
    case 'date':
      return { ...plain, kind: 'date' }
    case 'jsonb':
    case 'json':
      return { ...plain, kind: 'json' }
    case 'bytea':
      return { ...plain, kind: 'binary' }
    default:
      return null
  }
}

const DIGITS = 18
const SAFE_DIGITS = 15

function numeric(precision: number | null, scale: number | null): Content {
  if (precision === null || scale === null || precision > DIGITS || scale < 0 || scale > precision) {
    return { ...plain, kind: 'number' }
  }
  if (scale === 0 && precision <= SAFE_DIGITS) return { ...plain, kind: 'integer' }
  return { ...plain, kind: 'decimal', precision, scale }
}
