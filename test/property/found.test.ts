/** What the law has found, one for each fault: the shrunk calls, which have to mean the same everywhere. */
import { describe } from 'vitest'
import type { FieldDescription } from '../../src/testing/oracle/index.js'
import { found } from './found.js'

const title: FieldDescription = { kind: 'string' }

describe('lists', () => {
  found(
    'R10: what is added from the inverse end of an ordered list comes last',
    {
      ant: {
        id: 'string',
        fields: { title, e: { kind: 'many', target: 'ant', inverse: 'i', ordered: true } },
      },
    },
    (db) => {
      db.ant.createMany(['a', 'b', 'c'].map((id) => ({ id, title: '' })))
      db.ant.update('c', { e: ['b', 'a'] })
      db.ant.at('c', 'i').add(['c'])
      db.ant.update('b', { i: ['c', 'a'] })
    },
  )

  found(
    'R10: a new record keeps the order of its own list, also where it is created at an end of one of them',
    {
      ant: {
        id: 'string',
        fields: { title, e: { kind: 'many', target: 'ant', inverse: 'i', ordered: true } },
      },
    },
    (db) => {
      db.ant.createMany(['a', 'b'].map((id) => ({ id, title: '' })))
      db.ant.at('b', 'i').create([{ id: 'c', title: '', e: ['b', 'a'] }])
      db.ant.at('b', 'e').add(['a', { $create: { id: 'd', title: '', i: ['b'] } }, 'c'])
      db.ant.update('b', { i: [{ $create: { id: 'f', title: '', e: ['b', 'a'] } }, 'a'] })
    },
  )

  found(
    'R12: both ends of one association in one call name a pair once',
    { ant: { id: 'string', fields: { title, e: { kind: 'many', target: 'ant', inverse: 'i' } } } },
    (db) => {
      db.ant.create({ id: 'a', title: '' })
      db.ant.update('a', { e: ['a'], i: ['a'] })
      db.ant.update('a', { e: [], i: ['a'] })
    },
  )

  found(
    'R16: a record created at a symmetric end may name the owner itself',
    { ant: { id: 'string', fields: { title, e: { kind: 'many', target: 'ant', symmetric: true } } } },
    (db) => {
      db.ant.create({ id: 'a', title: '' })
      db.ant.at('a', 'e').create([{ id: 'b', title: '', e: ['a'] }])
      db.ant.at('a', 'e').set([{ $create: { id: 'c', title: '', e: ['a'] } }])
    },
  )
})

describe('references', () => {
  found(
    'R19: a record that is created has version 1, whatever else the call does with it',
    {
      ant: {
        id: 'string',
        version: true,
        timestamps: true,
        fields: { title, e: { kind: 'one', target: 'ant', inverse: 'i', optional: true } },
      },
    },
    (db) => {
      db.ant.create({ id: 'a', title: '' })
      db.ant.update('a', { e: { $create: { id: 'b', title: '', e: 'a' } }, i: [] })
    },
  )

  const ant = {
    id: 'string',
    version: true,
    fields: { title, e: { kind: 'one', target: 'ant', inverse: 'i', optional: true } },
  } as const

  found('R14: a record that one call moves twice stays where it was moved last', { ant }, (db) => {
    db.ant.createMany(['a', 'b'].map((id) => ({ id, title: '' })))
    db.ant.createMany([
      { id: 'c', title: '', i: [{ $create: { id: 'd', title: '', i: ['a'] } }, 'a'] },
      { id: 'e', title: '', i: ['b', 'a'] },
    ])
  })

  found('R14: what a created record takes over is removed from the list that is set', { ant }, (db) => {
    db.ant.createMany(['a', 'b', 'c'].map((id) => ({ id, title: '' })))
    db.ant.at('a', 'i').set(['b', 'c'])
    db.ant.at('a', 'i').set([{ $create: { id: 'd', title: '', i: ['b'] } }])
  })

  found('R19: updateMany touches the records whose references it changes, once', { ant }, (db) => {
    db.ant.createMany(['a', 'b', 'c'].map((id) => ({ id, title: '' })))
    db.ant.update('b', { e: 'a' })
    db.ant.updateMany({ where: { id: { $ne: 'a' } }, data: { e: 'a', title: 'x' } })
    db.ant.updateMany({ data: { e: null } })
  })

  found(
    'R19: a reference that one call sets and unsets again touches its record once, if at all',
    { ant },
    (db) => {
      db.ant.createMany(['a', 'b'].map((id) => ({ id, title: '' })))
      db.ant.update('a', { e: 'a', i: ['b'] })
    },
  )
})

describe('refusals', () => {
  const tied: FieldDescription = {
    kind: 'many',
    target: 'ant',
    inverse: 'i',
    payload: { since: { kind: 'integer' }, note: { kind: 'string', optional: true } },
  }

  found(
    'R12: of repeated ids only the first needs the payload of a new pair',
    { ant: { id: 'string', fields: { title, e: tied } } },
    (db) => {
      db.ant.create({ id: 'a', title: '' })
      db.ant.create({ id: 'b', title: '', e: [{ id: 'a', $link: { since: 1 } }, 'a'] })
      db.ant.create({ id: 'c', title: '', e: ['a', { id: 'a', $link: { since: 1 } }] })
      db.ant.at('b', 'i').set([{ id: 'b', $link: { since: 2, note: 'x' } }, { id: 'b' }])
    },
  )

  found(
    'R15: a pair that is named from both ends of a new record is a new pair at each',
    { ant: { id: 'string', fields: { title, e: tied } } },
    (db) => {
      db.ant.create({ id: 'a', title: '' })
      const back = { id: 'b', title: '', i: [{ id: 'a', $link: { since: 1 } }] }
      db.ant.at('a', 'e').create(back)
      db.ant.at('a', 'e').add([{ $create: back, $link: { note: 'x' } }])
      db.ant.at('a', 'e').add([{ $create: back, $link: { since: 2 } }])
    },
  )

  found(
    'what a write is to return is looked at before anything that is stored',
    { ant: { id: 'string', version: true, fields: { title, e: tied } } },
    (db) => {
      db.ant.create({ id: 'a', title: '' })
      db.ant.update('a', { title: 'x' }, { populate: { f: true }, ifVersion: 3 })
      db.ant.create({ id: 'a', title: 'x' }, { select: ['titel'] })
      db.ant.update('z', {}, { populate: { e: { where: { title: 7 } } } })
    },
  )

  found(
    'an object is refused where a value is compared, whatever stands beside it',
    { ant: { id: 'string', fields: { title, e: tied } } },
    (db) => {
      db.ant.find({ where: { title: { $gt: {} }, id: {} } })
      db.ant.find({ where: { title: { $like: {} }, e: { $some: { title: 'a' } } } })
      db.ant.find({ where: { e: { $some: { $link: { since: { $lte: { $gt: 1 } } } } }, id: 'a' } })
    },
  )
})

describe('pages', () => {
  found(
    'R9, R11: members of an embedded object that is null come last in a descending order, in every page',
    {
      ant: {
        id: 'string',
        fields: { title, spot: { kind: 'object', optional: true, fields: { x: { kind: 'integer' } } } },
      },
    },
    (db) => {
      db.ant.createMany([3, 1, 2].map((x) => ({ id: `s${x}`, title: '', spot: { x } })))
      db.ant.createMany(['n1', 'n2'].map((id) => ({ id, title: '' })))
      db.ant.stream({ orderBy: { spot: { x: 'desc' } } }, { batch: 2 })
      db.ant.walk({ orderBy: { spot: { x: 'desc' }, id: 'desc' } }, 2)
    },
  )
})

describe('deletes', () => {
  found(
    'R37: every id that deleteMany names must be there, matching or not',
    { ant: { id: 'string', softDelete: true, fields: { title } } },
    (db) => {
      db.ant.createMany(['a', 'b', 'c'].map((id) => ({ id, title: id })))
      db.ant.deleteMany({ ids: ['a', 'z'], where: { title: 'a' } })
      db.ant.deleteMany({ ids: ['a', 'b'], where: { title: 'a' } })
      db.ant.deleteMany({ ids: ['a', 'b'], where: { title: 'b' } })
    },
  )
})
