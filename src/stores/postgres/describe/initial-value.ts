import type { Content, Initial } from '../../../store/description.js'

/** The default of a column, from the expression as PostgreSQL writes it down. */
export function initialValue(expression: string | null, content: Content | null): Initial {
  if (expression === null || /^NULL(::|$)/i.test(expression)) return { kind: 'none' }
  if (expression.startsWith('nextval(')) return { kind: 'assigned' }
  if (/^(now\(\)|CURRENT_TIMESTAMP(\(\d\))?|CURRENT_DATE|statement_timestamp\(\))$/i.test(expression)) {
    return { kind: 'now' }
  }
  const raw = literal(expression)
  const value = raw !== null && content ? shown(raw, content) : null
  return value === null ? { kind: 'computed' } : { kind: 'value', value }
}

/** The text of a literal, cast or not; null for any other expression. */
function literal(expression: string): string | null {
  const [, quoted] = /^'((?:[^']|'')*)'(?:::[\w ."]+(?:\([\d,]+\))?)?$/.exec(expression) ?? []
  if (quoted !== undefined) return quoted.replaceAll("''", "'")
  const [, bare] = /^\(?(-?[\d.]+|true|false)\)?(?:::[\w ]+(?:\([\d,]+\))?)?$/.exec(expression) ?? []
  return bare ?? null
}

/** As kinship shows it; null for what does not fit the field. */
function shown(raw: string, { kind, scale, values }: Content): string | number | boolean | null {
  if (kind === 'boolean') return raw === 'true' || (raw === 'false' ? false : null)
  if (kind === 'string') return raw
  if (kind === 'enum') return values?.includes(raw) ? raw : null
  const number = raw === '' ? Number.NaN : Number(raw)
  if (!Number.isFinite(number)) return null
  if (kind === 'decimal') return number.toFixed(scale)
  if (kind === 'integer') return Number.isSafeInteger(number) ? number : null
  return kind === 'number' ? number : null
}
