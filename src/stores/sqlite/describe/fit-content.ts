import type { Codec } from '../../../schema/graph.js'
import { codecs } from '../../../schema/codecs.js'
import type { Content } from '../../../store/description.js'

/** What is known of a column. SQLite does not hold columns to their types, so its values have the last word. */
export interface Evidence {
  /** as it was declared, in upper case; empty for none */
  readonly type: string
  /** SQLite's own kinds of the values met, `null` left out: `integer`, `real`, `text`, `blob` */
  readonly met: ReadonlySet<string>
  /** every whole number met is a safe integer */
  readonly safe: boolean
  /** the distinct values met */
  readonly values: () => readonly unknown[]
  /** of a check that lists them */
  readonly checked: readonly string[] | null
}

const plain = { precision: 0, scale: 0, values: null, codec: null, id: null }

/** The field for a column; null where its values are of several kinds, or of none. */
export function fitContent(evidence: Evidence): Content | null {
  const content =
    enumeration(evidence) ??
    logical(evidence) ??
    document(evidence) ??
    date(evidence) ??
    decimal(evidence) ??
    asMet(evidence) ??
    asDeclared(evidence)
  return content && { ...content, id: idKind(content, evidence) }
}

function enumeration({ checked, values }: Evidence): Content | null {
  if (checked === null || !values().every((value) => checked.includes(value as string))) return null
  return { ...plain, kind: 'enum', values: checked }
}

const pairs = [
  ['true', 'false'],
  ['TRUE', 'FALSE'],
  ['Y', 'N'],
  ['y', 'n'],
  ['yes', 'no'],
  ['t', 'f'],
  ['T', 'F'],
] as const

function logical({ type, met, values }: Evidence): Content | null {
  if (!type.includes('BOOL')) return null
  if (met.size === 0) return { ...plain, kind: 'boolean' }
  if (only(met, 'integer')) {
    return values().every((value) => value === 0 || value === 1) ? { ...plain, kind: 'boolean' } : null
  }
  const pair = pairs.find((words) => values().every((value) => (words as readonly unknown[]).includes(value)))
  return pair ? { ...plain, kind: 'boolean', codec: { name: 'booleanText', parameters: pair } } : null
}

function document({ type, met, values }: Evidence): Content | null {
  return type.includes('JSON') && (met.size === 0 || (only(met, 'text') && values().every(isJson)))
    ? { ...plain, kind: 'json' }
    : null
}

function isJson(text: unknown): boolean {
  try {
    JSON.parse(text as string)
    return true
  } catch {
    // That it is none is the answer.
    return false
  }
}

/** Seconds and milliseconds since 1970 are told apart by their size: the one from 1973 on, the other until 5138. */
const SECONDS = 1e8
const MILLISECONDS = 1e11

function date({ type, met, values }: Evidence): Content | null {
  if (!/DATE|TIME/.test(type)) return null
  if (met.size === 0) return /DATETIME|TIMESTAMP/.test(type) ? dated('sqlDateTime') : null
  if (only(met, 'text')) {
    if (survives(codecs.sqlDateTime, values())) return dated('sqlDateTime')
    return survives(codecs.isoDate, values()) ? dated('isoDate') : null
  }
  if (!only(met, 'integer')) return null
  const numbers = values() as readonly number[]
  if (numbers.every((value) => value >= MILLISECONDS)) return dated('epochMillis')
  return numbers.every((value) => value >= SECONDS && value < MILLISECONDS) ? dated('epochSeconds') : null
}

const dated = (name: 'sqlDateTime' | 'isoDate' | 'epochMillis' | 'epochSeconds'): Content => ({
  ...plain,
  kind: 'date',
  codec: { name },
})

const DIGITS = 18

function decimal({ type, met, values }: Evidence): Content | null {
  const [, first, second = '0'] = /(?:DEC|NUM|MONEY)[^(]*\((\d+)(?:\s*,\s*(\d+))?\)/.exec(type) ?? []
  const [precision, scale] = [Number(first), Number(second)]
  if (first === undefined || scale === 0 || precision > DIGITS || scale > precision) return null
  if (!only(met, 'integer', 'real') || !survives(codecs.numeric(scale), values())) return null
  if (!values().every((value) => Math.abs(value as number) < 10 ** (precision - scale))) return null
  return { ...plain, kind: 'decimal', precision, scale, codec: { name: 'numeric', parameters: [scale] } }
}

/** A codec fits when every value comes out of it as it went in. */
function survives<Value, Raw>(codec: Codec<Value, Raw>, values: readonly unknown[]): boolean {
  return values.every((value) => {
    try {
      return codec.encode(codec.decode(value as Raw)) === value
    } catch {
      // What it cannot decode does not fit.
      return false
    }
  })
}

function asMet({ type, met, safe }: Evidence): Content | null {
  if (met.size === 0) return null
  const real = /REAL|FLOA|DOUB/.test(type)
  if (only(met, 'integer') && !real) return { ...plain, kind: safe ? 'integer' : 'bigint' }
  if (only(met, 'integer', 'real') && safe) return { ...plain, kind: 'number' }
  if (only(met, 'text')) return { ...plain, kind: 'string' }
  return only(met, 'blob') ? { ...plain, kind: 'binary' } : null
}

/** By the rules of SQLite's own type affinity, for a column without values. */
function asDeclared({ type, met }: Evidence): Content | null {
  if (met.size > 0 || type === '') return null
  if (type.includes('INT')) return { ...plain, kind: 'integer' }
  if (/CHAR|CLOB|TEXT|STRING|DATE|TIME|UUID/.test(type)) return { ...plain, kind: 'string' }
  if (type.includes('BLOB')) return { ...plain, kind: 'binary' }
  return { ...plain, kind: 'number' }
}

const only = (met: ReadonlySet<string>, ...kinds: readonly string[]): boolean =>
  [...met].every((kind) => kinds.includes(kind))

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const objectId = /^[0-9a-f]{24}$/

function idKind(content: Content, { type, met, values }: Evidence): Content['id'] {
  if (content.kind === 'integer') return 'integer'
  if (content.kind !== 'string') return null
  if (met.size === 0) return type.includes('UUID') ? 'uuid' : 'string'
  if (all(values(), uuid)) return 'uuid'
  return all(values(), objectId) ? 'objectId' : 'string'
}

const all = (values: readonly unknown[], pattern: RegExp): boolean =>
  values.every((value) => pattern.test(value as string))
