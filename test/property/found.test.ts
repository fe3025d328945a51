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
