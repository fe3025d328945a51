import type { Field } from '../../../schema/graph.js'
import { type Row } from '../../../ties/references.js'

/** A stored value as JSON, and back: what the journal keeps of an embedded element, and unique values as text. */
export function toJournal(field: Field, value: unknown): unknown {
  return convert(field, value, (kind, scalar) => {
    if (kind === 'date') return (scalar as Date).toISOString()
    if (kind === 'bigint') return String(scalar)
    return kind === 'binary' ? Buffer.from(scalar as Uint8Array).toString('base64') : scalar
  })
}

export function fromJournal(field: Field, value: unknown): unknown {
  return convert(field, value, (kind, scalar) => {
    if (kind === 'date') return new Date(scalar as string)
    if (kind === 'bigint') return BigInt(scalar as string)
    return kind === 'binary' ? new Uint8Array(Buffer.from(scalar as string, 'base64')) : scalar
  })
}

function convert(
  field: Field,
  value: unknown,
  scalar: (kind: Field['kind'], value: unknown) => unknown,
): unknown {
  if (value === null || value === undefined) return null
  const { fields, item } = field
  if (fields) {
    const members = [...fields.values()].map((member) => [
      member.name,
      convert(member, (value as Row)[member.name], scalar),
    ])
    return Object.fromEntries(members)
  }
  if (item) return (value as readonly unknown[]).map((element) => convert(item, element, scalar))
  return scalar(field.kind, value)
}
