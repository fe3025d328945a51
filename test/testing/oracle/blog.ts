import type { Oracle } from '../../../src/testing/oracle/index.js'
import { Clock, named, oracleOf } from './fixture.js'

/** Users u1 and u2, tags t1 and t2, and t3 which is deleted; every way to write something. */
export function blog(): { oracle: Oracle; clock: Clock } {
  const clock = new Clock()
  const oracle = oracleOf(
    {
      user: named(
        {
          email: { kind: 'string', unique: true, optional: true },
          secret: { kind: 'string', hidden: true, optional: true },
        },
        { softDelete: true, version: true, timestamps: true },
      ),
      profile: named(
        { user: { kind: 'one', target: 'user', inverse: 'profile', unique: true } },
        { softDelete: true },
      ),
      post: named(
        {
          slug: { kind: 'string', optional: true, immutable: true },
          author: { kind: 'one', target: 'user', inverse: 'posts', optional: true },
          editor: { kind: 'one', target: 'user', unique: true, optional: true },
          tags: { kind: 'many', target: 'tag' },
          parts: {
            kind: 'array',
            item: {
              kind: 'object',
              fields: {
                tag: { kind: 'one', target: 'tag', onDelete: 'dirty' },
                n: { kind: 'integer', default: 1 },
              },
            },
          },
        },
        { version: true, timestamps: true, unique: [['name', 'author']] },
      ),
      comment: named({ post: { kind: 'one', target: 'post', inverse: 'comments' } }),
      tag: named({}, { softDelete: true, version: true }),
      group: named(
        {
          members: {
            kind: 'many',
            target: 'user',
            inverse: 'groups',
            payload: { role: { kind: 'string' }, rank: { kind: 'integer', default: 1 } },
          },
        },
        { version: true },
      ),
    },
    clock,
  )
  oracle.model('user').createMany([{ id: 'u1' }, { id: 'u2', email: 'e2' }])
  oracle.model('tag').createMany([{ id: 't1' }, { id: 't2' }, { id: 't3' }])
  oracle.model('tag').delete('t3')
  return { oracle, clock }
}
