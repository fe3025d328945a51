import type { Oracle } from '../../../src/testing/oracle/index.js'
import { Clock, named, oracleOf } from './fixture.js'

/** user ← post (soft) ← comment (soft); user ← note (weak); user ← badge (weak, one-one); post.slug is unique. */
export function restorable(clock = new Clock()): Oracle {
  const oracle = oracleOf(
    {
      user: named(
        { email: { kind: 'string', unique: true, optional: true } },
        { softDelete: true, version: true },
      ),
      post: named(
        {
          slug: { kind: 'string', unique: true, optional: true },
          author: { kind: 'one', target: 'user', inverse: 'posts', onDelete: 'soft' },
        },
        { softDelete: true },
      ),
      comment: named(
        { post: { kind: 'one', target: 'post', inverse: 'comments', onDelete: 'soft' } },
        { softDelete: true },
      ),
      note: named({ user: { kind: 'one', target: 'user', optional: true } }, { version: true }),
      badge: named(
        { user: { kind: 'one', target: 'user', inverse: 'badge', unique: true, optional: true } },
        { softDelete: true },
      ),
      group: named({ members: { kind: 'many', target: 'user', inverse: 'groups' } }),
    },
    clock,
  )
  oracle.model('user').createMany([{ id: 'u1', email: 'e1' }, { id: 'u2' }])
  oracle.model('post').createMany([
    { id: 'p1', author: 'u1', slug: 's1' },
    { id: 'p2', author: 'u1', slug: 's2' },
    { id: 'p3', author: 'u2' },
  ])
  oracle.model('comment').createMany([
    { id: 'c1', post: 'p1' },
    { id: 'c2', post: 'p2' },
    { id: 'c3', post: 'p3' },
  ])
  oracle.model('note').createMany([
    { id: 'n1', user: 'u1' },
    { id: 'n2', user: 'u2' },
  ])
  oracle.model('badge').create({ id: 'b1', user: 'u1' })
  oracle.model('group').create({ id: 'g1', members: ['u1', 'u2'] })
  return oracle
}
