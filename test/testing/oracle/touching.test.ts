import { describe, expect, it } from 'vitest'
import type { Oracle } from '../../../src/testing/oracle/index.js'
import { blog } from './blog.js'

describe('touching (R19)', () => {
  /** What a write does to the versions of p1, p2, g1, u1, t1, all 1 before. */
  function versionsAfter(write: (oracle: Oracle) => void): string {
    const { oracle } = blog()
    oracle.model('post').createMany([
      { id: 'p1', author: 'u1', tags: ['t1', 't2'] },
      { id: 'p2', author: 'u2' },
    ])
    oracle.model('group').create({ id: 'g1', members: [{ id: 'u1', $link: { role: 'r' } }] })
    write(oracle)
    const version = ([model, id]: [string, string]): unknown =>
      oracle.model(model).findById(id, { deleted: 'include' })?.['version']
    return (['post p1', 'post p2', 'group g1', 'user u1', 'tag t1'] as const)
      .map((name) => version(name.split(' ') as [string, string]))
      .join(' ')
  }

  it.each<[string, (oracle: Oracle) => unknown, string]>([
    ['an own field', (o) => o.model('post').update('p1', { name: 'x' }), '2 1 1 1 1'],
    ['a hidden own field', (o) => o.model('user').update('u1', { secret: 'x' }), '1 1 1 2 1'],
    ['an own field that does not change', (o) => o.model('post').update('p1', { name: null }), '1 1 1 1 1'],
    [
      'a reference touches its holder only',
      (o) => o.model('post').update('p1', { author: 'u2' }),
      '2 1 1 1 1',
    ],
    [
      'from the inverse end too',
      (o) => o.model('user').at('u1').many('posts').add(['p1', 'p2']),
      '1 2 1 1 1',
    ],
    ['a one-sided list', (o) => o.model('post').at('p1').many('tags').remove('t1'), '2 1 1 1 1'],
    [
      'the order of a one-sided list',
      (o) => o.model('post').at('p1').many('tags').set(['t2', 't1']),
      '2 1 1 1 1',
    ],
    [
      'pairs touch neither record',
      (o) =>
        o
          .model('group')
          .at('g1')
          .many('members')
          .add({ id: 'u2', $link: { role: 'x' } }),
      '1 1 1 1 1',
    ],
    [
      'payload touches neither record',
      (o) => o.model('group').at('g1').many('members').update('u1', { rank: 5 }),
      '1 1 1 1 1',
    ],
    [
      'once per call',
      (o) => o.model('post').update('p1', { name: 'x', author: null, tags: [] }),
      '2 1 1 1 1',
    ],
    ['many at once', (o) => o.model('post').updateMany({ data: { author: 'u2' } }), '2 1 1 1 1'],
    [
      'a soft delete touches what it hides, and a raw id is no change',
      (o) => o.model('tag').delete('t1'),
      '1 1 1 1 2',
    ],
    ['a weak unset touches the holder', (o) => o.model('user').delete('u1'), '2 1 1 2 1'],
    [
      'a removed one-sided entry touches the holder',
      (o) => o.model('tag').delete('t2', { hard: true }),
      '2 1 1 1 1',
    ],
  ])('%s', (_title, write, versions) => {
    expect(versionsAfter(write)).toBe(versions)
  })

  it('updatedAt goes with it', () => {
    const { oracle, clock } = blog()
    const posts = oracle.model('post')
    const created = clock.now()
    posts.create({ id: 'p1' })
    const later = clock.tick()
    expect(posts.update('p1', { name: 'x' })).toMatchObject({ createdAt: created, updatedAt: later })
    clock.tick()
    expect(posts.update('p1', { name: 'x' })).toMatchObject({ createdAt: created, updatedAt: later })
  })
})
