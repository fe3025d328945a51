import { codecOf } from '../../../schema/codec-call.js'
import type { Content, Initial } from '../../../store/description.js'

/** The default of a column, from its text in SQL. */
export function initialValue(text: string | null, content: Content | null): Initial {
  if (text === null || /^null$/i.test(text)) return { kind: 'none' }
  const raw = literal(text)
  if (raw === undefined)
    return content?.kind === 'date' && isNow(text) ? { kind: 'now' } : { kind: 'computed' }
  const value = content && shown(raw, content)
  return value === null ? { kind: 'computed' } : { kind: 'value', value }
}

const isNow = (text: string): boolean => /^(current_timestamp|\(?datetime\('now'\)\)?)$/i.test(text)

/** The value of a literal; undefined for what is none. */
function literal(text: string): string | number | undefined {
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? 1 : 0
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(text) ?? []
  return quoted?.replaceAll("''", "'")
}

/** As kinship shows it; null for what does not fit the field. */
function shown(raw: string | number, content: Content): string | number | boolean | null {
  const { kind, codec, values } = content
  if (kind === 'decimal' && codec !== null) return codecOf(codec).decode(raw) as string
  if (kind === 'boolean') {
    if (codec === null) return raw === 0 || raw === 1 ? raw === 1 : null
    return codec.name === 'booleanText' && codec.parameters.includes(raw as string)
      ? raw === codec.parameters[0]
      : null
  }
  if (kind === 'enum') return values?.includes(raw as string) ? raw : null
  if (kind === 'integer') return Number.isSafeInteger(raw) ? raw : null
  if (kind === 'number') return typeof raw === 'number' ? raw : null
  return kind === 'string' && typeof raw === 'string' ? raw : null
}
