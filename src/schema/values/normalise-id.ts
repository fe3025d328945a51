import type { IdKind } from '../graph.js'
import { Flaw, type Normaliser } from './flaw.js'
import { normaliseInteger } from './normalise-number.js'
import { normaliseText } from './normalise-text.js'

const expected: Readonly<Record<IdKind, string>> = {
  objectId: '24 hexadecimal characters',
  uuid: 'a uuid of 32 hexadecimal characters in five groups',
  integer: 'an integer',
  string: 'a string that is not empty',
}

const lowerObjectId = /^[0-9a-f]{24}$/
const anyObjectId = /^[0-9a-f]{24}$/i
const lowerUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const anyUuid = new RegExp(lowerUuid.source, 'i')

const flaws = Object.fromEntries(
  Object.entries(expected).map(([kind, words]) => [kind, new Flaw('id', words)]),
) as Readonly<Record<IdKind, Flaw>>

/** Text that is compared without regard to case is kept in lower case (R7). */
const hexadecimal =
  (lower: RegExp, any: RegExp, flaw: Flaw): Normaliser =>
  (value) => {
    if (typeof value !== 'string') return flaw
    if (lower.test(value)) return value
    return any.test(value) ? value.toLowerCase() : flaw
  }

const orFlaw =
  (normalise: Normaliser, flaw: Flaw): Normaliser =>
  (value) => {
    const normal = normalise(value)
    return normal instanceof Flaw ? flaw : normal
  }

export const idNormalisers: Readonly<Record<IdKind, Normaliser>> = {
  objectId: hexadecimal(lowerObjectId, anyObjectId, flaws.objectId),
  uuid: hexadecimal(lowerUuid, anyUuid, flaws.uuid),
  integer: orFlaw(normaliseInteger, flaws.integer),
  string: orFlaw((value) => (value === '' ? flaws.string : normaliseText(value)), flaws.string),
}
