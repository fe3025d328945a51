/** Values of one field: what is accepted, how it is normalised, when two are equal and which is the smaller. */
import { fail } from '../../errors/index.js'
import type { IdKind, ScalarDescription } from './description.js'
import type { Id, Leaf } from './graph.js'

/** Refuses a value; the caller knows whether it stands in data or in a query. */
export type Refuse = (expected: string) => never

/** Accepts a non-null value of a field in its normal form, or refuses it. */
export function normalise(leaf: Leaf, value: unknown, refuse: Refuse): unknown {
  switch (leaf.kind) {
    case 'id':
      return normaliseId(leaf.idKind, value)
    case 'string':
    case 'text':
      return isText(value) ? value : refuse('text without U+0000 and lone surrogates (R3)')
    case 'enum':
      return isText(value) && leaf.values?.includes(value)
        ? value
        : refuse(`one of ${leaf.values?.join(', ')} (R5)`)
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? value + 0
        : refuse('a safe integer (R4)')
    case 'bigint':
      return typeof value === 'bigint' && BigInt.asIntN(64, value) === value
        ? value
        : refuse('a bigint of 64 bits (R4)')
    case 'number':
      // R4: −0 is stored as 0.
      return typeof value === 'number' && Number.isFinite(value) ? value + 0 : refuse('a finite number (R4)')
    case 'decimal':
      return normaliseDecimal(leaf, value, refuse)
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse('a boolean')
    case 'date':
      return normaliseDate(value, refuse)
    case 'json':
      return normaliseJson(value, refuse)
    case 'binary':
      return value instanceof Uint8Array ? Uint8Array.from(value) : refuse('bytes')
  }
}

/** R7: an id in its normal case; null where it is malformed. */
export function idFrom(kind: IdKind, value: unknown): Id | null {
  if (kind === 'integer') return typeof value === 'number' && Number.isSafeInteger(value) ? value + 0 : null
  if (kind === 'string') return isText(value) && value !== '' ? value : null
  if (typeof value !== 'string') return null
  const lower = value.toLowerCase()
  const form = kind === 'objectId' ? /^[0-9a-f]{24}$/ : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
  return form.test(lower) ? lower : null
}

/** R7: in arguments and queries a malformed id is an error of its own. */
export function normaliseId(kind: IdKind, value: unknown): Id {
  const details = { model: '', expected: kind, received: typeof value }
  return idFrom(kind, value) ?? fail('KIN_INVALID_ID', { details })
}

/** R3: U+0000 and lone surrogates are refused. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/[\0\p{Surrogate}]/u.test(value)
}

function normaliseDecimal(field: ScalarDescription, value: unknown, refuse: Refuse): string {
  const { precision = 18, scale = 0 } = field
  const match = typeof value === 'string' ? /^(-?)0*(\d+?)(?:\.(?=\d)(\d*?)0*)?$/.exec(value) : null
  if (match === null) return refuse('a decimal as text (R4)')
  const [, sign = '', whole = '', fraction = ''] = match
  if (fraction.length > scale || (whole === '0' ? 0 : whole.length) > precision - scale) {
    return refuse(`a decimal with ${precision} digits, ${scale} of them after the point (R4)`)
  }
  const digits = scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, '0')}`
  return /[1-9]/.test(digits) ? sign + digits : digits
}

/** A decimal as a count of its smallest unit; all values of a field have the same scale. */
function units(decimal: string): bigint {
  return BigInt(decimal.replace('.', ''))
}

export function addDecimals(a: string, b: string, field: ScalarDescription, refuse: Refuse): string {
  const { scale = 0 } = field
  const sum = units(a) + units(b)
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return normaliseDecimal(field, sum < 0n ? `-${text}` : text, refuse)
}

/** R5: milliseconds, years 1 to 9999. */
function normaliseDate(value: unknown, refuse: Refuse): Date {
  if (!(value instanceof Date)) return refuse('a Date')
  const year = value.getUTCFullYear()
  return year >= 1 && year <= 9999 ? new Date(value) : refuse('a date of the years 1 to 9999 (R5)')
}

function normaliseJson(value: unknown, refuse: Refuse): unknown {
  if (value === null || typeof value === 'boolean' || isText(value)) return value
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0
  if (Array.isArray(value)) return value.map((item) => normaliseJson(item, refuse))
  if (!isPlain(value)) return refuse('a JSON value (R6)')
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => (isText(key) ? [key, normaliseJson(item, refuse)] : refuse('a JSON value (R6)'))),
  )
}

/** A default is written down as JSON in the description. */
export function defaultOf(field: ScalarDescription): unknown {
  if (field.kind === 'date') return new Date(String(field.default))
  if (field.kind === 'bigint') return BigInt(String(field.default))
  return structuredClone(field.default)
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Deep equality of normalised values. R6: the order of keys is no difference. */
export function same(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime()
  if (a instanceof Uint8Array && b instanceof Uint8Array) return same([...a], [...b])
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]))
  }
  if (isPlain(a) && isPlain(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
    )
  }
  return a === b
}

/** The order of two values of one field that has one. R9: null is the smallest. */
export function compare(leaf: Leaf, a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  if (leaf.kind === 'decimal') return order(units(a as string), units(b as string))
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (a instanceof Date && b instanceof Date) return order(a.getTime(), b.getTime())
  return order(a as number | bigint | boolean, b as number | bigint | boolean)
}

export function compareIds(a: Id, b: Id): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b))
}

/** R3: by code point, not by UTF-16 unit. */
function compareText(a: string, b: string): number {
  const points = (text: string): number[] => Array.from(text, (char) => char.codePointAt(0) ?? 0)
  return compareLists(points(a), points(b))
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((item, index) => item !== b[index])
  return different === -1 || different >= b.length
    ? a.length - b.length
    : (a[different] ?? 0) - (b[different] ?? 0)
}

function order<T extends number | bigint | boolean>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
