/**
 * Ids the client makes (R7): they ascend with time within a process, so lists in id order are in order of
 * creation.
 */
import { randomBytes } from 'node:crypto'
import type { Field } from '../../schema/graph.js'

const process5 = randomBytes(5).toString('hex')
let counter = randomBytes(3).readUIntBE(0, 3)
let lastSecond = 0

/** 4 bytes of seconds, 5 random bytes of the process, 3 bytes that count on, as MongoDB's drivers do. */
export function newObjectId(): string {
  counter = (counter + 1) & 0xffffff
  const now = Math.floor(Date.now() / 1000)
  // The counter wraps within a second only after 16 million ids; a second taken from the future keeps them
  // ascending.
  if (counter === 0 && now <= lastSecond) lastSecond += 1
  lastSecond = Math.max(lastSecond, now)
  return lastSecond.toString(16).padStart(8, '0') + process5 + counter.toString(16).padStart(6, '0')
}

let lastMillisecond = 0
let sequence = 0

/** Version 7: 48 bits of milliseconds, then 12 that count on within the millisecond, then random ones. */
function newUuid(): string {
  const now = Date.now()
  if (now > lastMillisecond) {
    lastMillisecond = now
    sequence = randomBytes(2).readUInt16BE() & 0x7ff
  } else if (++sequence > 0xfff) {
    lastMillisecond += 1
    sequence = 0
  }
  const random = randomBytes(8)
  random[0] = (random[0]! & 0x3f) | 0x80
  const time = lastMillisecond.toString(16).padStart(12, '0')
  const tail = random.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** A new id, or undefined where the database assigns it or the caller must give it. */
export function newIdFor(id: Field): string | undefined {
  if (id.idKind === 'objectId') return newObjectId()
  return id.idKind === 'uuid' ? newUuid() : undefined
}
