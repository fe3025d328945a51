import type { Oracle } from '../../../src/testing/oracle/index.js'
import { Clock, named, oracleOf } from './fixture.js'

/** A small shop: u1 and u2 live, u3 deleted; every kind of end. */
export function shop(): { oracle: Oracle; clock: Clock } {
  const clock = new Clock()
  const oracle = oracleOf(
    {
      user: named({ password: { kind: 'string', optional: true, hidden: true } }, { softDelete: true }),
      profile: named(
        {
          user: {
            kind: 'one',
            target: 'user',
            inverse: 'profile',
            unique: true,
            optional: true,
            onDelete: 'dirty',
          },
        },
        { softDelete: true },
      ),
      post: named(
        {
          likes: { kind: 'integer', optional: true },
          author: { kind: 'one', target: 'user', inverse: 'posts', optional: true, onDelete: 'dirty' },
          tags: { kind: 'many', target: 'tag' },
          labels: { kind: 'many', target: 'tag', ordered: false },
        },
        { softDelete: true },
      ),
      tag: named({}, { softDelete: true }),
      group: named({
        members: {
          kind: 'many',
          target: 'user',
          inverse: 'groups',
          payload: { since: { kind: 'integer', optional: true } },
        },
        ranking: { kind: 'many', target: 'user', inverse: 'ranked', ordered: true },
      }),
      person: named({ friends: { kind: 'many', target: 'person', symmetric: true } }),
      cart: named({
        items: {
          kind: 'array',
          item: {
            kind: 'object',
            fields: { product: { kind: 'one', target: 'tag', onDelete: 'dirty' }, n: { kind: 'integer' } },
          },
        },
        likes: { kind: 'array', item: { kind: 'one', target: 'tag', onDelete: 'dirty' } },
        best: {
          kind: 'object',
          optional: true,
          fields: { product: { kind: 'one', target: 'tag', optional: true, onDelete: 'dirty' } },
        },
      }),
    },
    clock,
  )
  oracle.model('user').createMany([
    { id: 'u1', name: 'Zoe', password: 'secret' },
    { id: 'u2', name: 'Ann' },
    { id: 'u3', name: 'Bob' },
  ])
  oracle.model('tag').createMany([
    { id: 't1', name: 'x' },
    { id: 't2', name: 'y' },
    { id: 't3', name: 'z' },
  ])
  oracle.model('post').createMany([
    { id: 'p1', name: 'one', likes: 3, author: 'u1', tags: ['t3', 't1', 't2'], labels: ['t3', 't1'] },
    { id: 'p2', name: 'two', likes: null, author: 'u2' },
    { id: 'p3', name: 'three', likes: 1, author: 'u1' },
    { id: 'p4', name: 'four', likes: 2, author: 'u3' },
    { id: 'p5', name: 'five', likes: 2, author: 'u1' },
    { id: 'p6', name: 'six', likes: 9, author: null },
  ])
  oracle.model('profile').create({ id: 'f1', name: 'F', user: 'u1' })
  oracle.model('group').create({
    id: 'g1',
    members: [
      { id: 'u3', $link: { since: 1 } },
      { id: 'u2', $link: { since: 2 } },
      { id: 'u1', $link: { since: 3 } },
    ],
    ranking: ['u3', 'u2', 'u1'],
  })
  oracle.model('cart').create({
    id: 'c1',
    items: [
      { product: 't2', n: 1 },
      { product: 't1', n: 2 },
    ],
    likes: ['t1', 't2', 't1'],
    best: { product: 't2' },
  })
  clock.tick()
  oracle.model('user').delete('u3')
  oracle.model('tag').delete('t2')
  oracle.model('post').delete('p5')
  return { oracle, clock }
}
