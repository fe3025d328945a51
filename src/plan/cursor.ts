import { createHash } from 'node:crypto'
import { fail } from '../errors/index.js'
import type { Field } from '../schema/graph.js'
import { Flaw, type Normaliser } from '../schema/values/flaw.js'
import { normaliserOf } from '../schema/values/normaliser-of.js'

/** A place in an ordered list: the values of the record there, and the way to go from it. */
export interface Cursor {
  readonly direction: 'after' | 'before'
  /** as they are written down: JSON values */
  readonly values: readonly unknown[]
}

/** Text that stands for a place in the results of one query, and only of that query (R11). Opaque to callers. */
export function writeCursor({ direction, values }: Cursor, fingerprint: string): string {
  const content = [fingerprint, direction === 'after' ? 1 : 0, ...values]
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

/** @throws KIN_INVALID_CURSOR */
export function readCursor(text: unknown, fingerprint: string): Cursor {
  const content = typeof text === 'string' ? parse(text) : null
  if (!Array.isArray(content) || content.length < 3) return malformed()
  const [writtenFor, way, ...values] = content as unknown[]
  if (writtenFor !== fingerprint) {
    return fail('KIN_INVALID_CURSOR', {
      message: 'The cursor belongs to another query.',
      path: 'after',
      details: { reason: 'other-query' },
    })
  }
  return { direction: way === 0 ? 'before' : 'after', values }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return malformed()
  }
}

export function malformed(): never {
  return fail('KIN_INVALID_CURSOR', {
    message: 'The cursor is malformed.',
    path: 'after',
    details: { reason: 'malformed' },
  })
}

/** What tells the queries of a model apart for cursors: their conditions and order with all values, but not what they show. */
export function fingerprintOf(key: string, values: readonly unknown[]): string {
  const hash = createHash('sha256').update(key)
  for (const value of values) hash.update(`\0${JSON.stringify(plain(value))}`)
  return hash.digest('base64url').slice(0, 11)
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return Array.isArray(value) ? value.map(plain) : value
}

/** A field's value as JSON. */
export function toCursor(value: unknown): unknown {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'bigint') return String(value)
  return value ?? null
}

/** Reads a field's value from a cursor, which may have been tampered with. */
export function cursorNormaliser(field: Field): Normaliser {
  const normalise = normaliserOf(field)
  return (written) => {
    const value = normalise(fromCursor(field, written))
    return value instanceof Flaw ? malformed() : value
  }
}

function fromCursor(field: Field, written: unknown): unknown {
  if (field.kind === 'date' && typeof written === 'number') return new Date(written)
  if (field.kind === 'bigint' && typeof written === 'string' && /^-?\d+$/.test(written))
    return BigInt(written)
  return written
}
