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
