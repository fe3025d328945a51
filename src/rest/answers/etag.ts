import { createHash } from 'node:crypto'
import type { Model } from '../../schema/graph.js'
import type { Row } from '../served-db.js'

const versionField = ({ fields }: Model): string | null =>
  [...fields.values()].find((field) => field.system === 'version')?.name ?? null

/** The version of a record; null where its model has none, or it was not selected. */
export function versionOf(model: Model, record: Row): number | null {
  const version = record[versionField(model) ?? '']
  return typeof version === 'number' ? version : null
}

/** A strong ETag of what a record looks like. With a version, `If-Match` looks at that alone. */
export function etagOf(model: Model, record: Row, text: string): string {
  const hash = createHash('sha1').update(text).digest('base64url')
  const version = versionOf(model, record)
  return version === null ? `"${hash}"` : `"${version}-${hash}"`
}

/** The tags of an `If-Match` or `If-None-Match`. */
export const tagsOf = (header: string): string[] => header.match(/(?:W\/)?"[^"]*"|\*/g) ?? []

/** Whether `If-None-Match` names what the caller would get again. */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return tagsOf(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)
}

/** Whether `If-Match` names what a record is now. Weak tags never do. */
export function isMatched(header: string, model: Model, record: Row, etag: () => string): boolean {
  const version = versionOf(model, record)
  return tagsOf(header).some((tag) => {
    if (tag === '*') return true
    return version === null ? tag === etag() : tag.startsWith(`"${version}-`)
  })
}
