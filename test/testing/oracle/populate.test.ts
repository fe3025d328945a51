import { describe, expect, it } from 'vitest'
import { refusal } from './fixture.js'
import { shop } from './shop.js'

describe('populate', () => {
  const select = ['id']

  it.each([
    ['R20: a to-one', 'post', 'p1', { author: { select } }, { author: { id: 'u1' } }],
    ['R20: a hidden to-one is null', 'post', 'p4', { author: true }, { author: null }],
    [
      'deleted is per node',
      'post',
      'p4',
      { author: { select, deleted: 'include' } },
      { author: { id: 'u3' } },
    ],
    [
      'a to-one that its where leaves out',
      'post',
      'p1',
      { author: { where: { name: 'Ann' } } },
      { author: null },
    ],
    ['an inverse to-one', 'user', 'u1', { profile: { select } }, { profile: { id: 'f1' } }],
    ['an inverse to-one without holder', 'user', 'u2', { profile: true }, { profile: null }],
    [
      'R9: an inverse list by id, live ones',
      'user',
      'u1',
      { posts: { select } },
      { posts: [{ id: 'p1' }, { id: 'p3' }] },
    ],
    [
      'where, order and limit are per parent',
      'user',
      'u1',
      { posts: { select, deleted: 'include', orderBy: { likes: 'desc' }, offset: 1, limit: 1 } },
      { posts: [{ id: 'p5' }] },
    ],
    [
      'R10: a one-sided list in the order given, without hidden ones',
      'post',
      'p1',
      { tags: { select } },
      { tags: [{ id: 't3' }, { id: 't1' }] },
    ],
    [
      'R9: with an order of its own',
      'post',
      'p1',
      { tags: { select, orderBy: { name: 'asc' } } },
      { tags: [{ id: 't1' }, { id: 't3' }] },
    ],
    [
      'F18: an order without terms is none',
      'post',
      'p1',
      { tags: { select, orderBy: {} } },
      { tags: [{ id: 't3' }, { id: 't1' }] },
    ],
    [
      'R10: a one-sided list that is not ordered',
      'post',
      'p1',
      { labels: { select } },
      { labels: [{ id: 't1' }, { id: 't3' }] },
    ],
    [
      'the payload comes along, selected or not',
      'group',
      'g1',
      { members: { select } },
      {
        members: [
          { id: 'u1', $link: { since: 3 } },
          { id: 'u2', $link: { since: 2 } },
        ],
      },
    ],
    [
      'the payload filters and orders',
      'group',
      'g1',
      {
        members: {
          select,
          deleted: 'include',
          where: { $link: { since: { $lt: 3 } } },
          orderBy: { $link: { since: 'desc' } },
        },
      },
      {
        members: [
          { id: 'u2', $link: { since: 2 } },
          { id: 'u3', $link: { since: 1 } },
        ],
      },
    ],
    [
      'R10: an ordered many-many keeps its order on the holder',
      'group',
      'g1',
      { ranking: { select } },
      { ranking: [{ id: 'u2' }, { id: 'u1' }] },
    ],
    [
      'the inverse end carries the payload too',
      'user',
      'u2',
      { groups: { select } },
      { groups: [{ id: 'g1', $link: { since: 2 } }] },
    ],
    [
      'nested',
      'group',
      'g1',
      { members: { select, limit: 1, populate: { posts: { select, populate: { author: { select } } } } } },
      {
        members: [
          {
            id: 'u1',
            $link: { since: 3 },
            posts: [
              { id: 'p1', author: { id: 'u1' } },
              { id: 'p3', author: { id: 'u1' } },
            ],
          },
        ],
      },
    ],
    [
      'R17: members of embedded arrays; a hidden target is null',
      'cart',
      'c1',
      { items: { product: { select } } },
      {
        items: [
          { product: null, n: 1 },
          { product: { id: 't1' }, n: 2 },
        ],
      },
    ],
    [
      'R12: an array of references keeps repetitions and leaves hidden ones out',
      'cart',
      'c1',
      { likes: { select } },
      { likes: [{ id: 't1' }, { id: 't1' }] },
    ],
    [
      'an embedded object',
      'cart',
      'c1',
      { best: { product: { select, deleted: 'include' } } },
      { best: { product: { id: 't2' } } },
    ],
  ])('%s', (_title, model, id, populate, expected) => {
    expect(shop().oracle.model(model).findById(id, { select: [], populate })).toEqual(expected)
  })

  it("R20: 'inherit' takes the parent's mode", () => {
    const users = shop().oracle.model('user')
    const populate = {
      posts: { select, deleted: 'inherit', populate: { author: { select, deleted: 'inherit' } } },
    }
    expect(users.findById('u3', { select, deleted: 'include', populate })).toEqual({
      id: 'u3',
      posts: [{ id: 'p4', author: { id: 'u3' } }],
    })
    expect(users.findById('u3', { select, deleted: 'only', populate })).toEqual({ id: 'u3', posts: [] })
    expect(users.findById('u1', { select, populate })).toMatchObject({ posts: [{ id: 'p1' }, { id: 'p3' }] })
  })

  it('R8: the inverse of a one-one is the live holder, else the one deleted last', () => {
    const { oracle, clock } = shop()
    const profiles = oracle.model('profile')
    const shown = (deleted: string): unknown =>
      oracle.model('user').findById('u2', { select: [], populate: { profile: { select, deleted } } })?.[
        'profile'
      ]
    for (const id of ['f9', 'f5', 'f7']) {
      profiles.create({ id, user: 'u2' })
      clock.tick()
      profiles.delete(id)
    }
    expect(shown('include')).toEqual({ id: 'f7' })
    expect(shown('only')).toEqual({ id: 'f7' })
    profiles.create({ id: 'f2', user: 'u2' })
    expect(shown('include')).toEqual({ id: 'f2' })
    expect(shown('exclude')).toEqual({ id: 'f2' })
    expect(shown('only')).toEqual({ id: 'f7' })
  })

  it('R16: a symmetric association has one end, which lists the other of each pair', () => {
    const people = shop().oracle.model('person')
    people.createMany([{ id: 'a' }, { id: 'b' }, { id: 'c', friends: ['b', 'a'] }])
    const friendsOf = (id: string): unknown =>
      people.findById(id, { select: [], populate: { friends: { select } } })?.['friends']
    expect(friendsOf('c')).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(friendsOf('a')).toEqual([{ id: 'c' }])
    expect(people.findById('c')).toEqual({ id: 'c', name: null })
  })

  it('R20: $count sees live targets, or those of its mode and where', () => {
    const users = shop().oracle.model('user')
    expect(
      users.findById('u1', {
        select: [],
        count: { posts: true, groups: { where: { $link: { since: 9 } } } },
      }),
    ).toEqual({ $count: { posts: 2, groups: 0 } })
    expect(users.findById('u1', { select: [], count: { posts: { deleted: 'include' } } })).toEqual({
      $count: { posts: 3 },
    })
  })

  it('of records already loaded gives new records', () => {
    const { oracle } = shop()
    const records = [{ id: 'u1', mine: true }, { id: 'u2' }]
    expect(oracle.model('user').populate(records, { posts: { select } })).toEqual([
      { id: 'u1', mine: true, posts: [{ id: 'p1' }, { id: 'p3' }] },
      { id: 'u2', posts: [{ id: 'p2' }] },
    ])
    expect(records[1]).toEqual({ id: 'u2' })
    expect(refusal(oracle, () => oracle.model('user').populate({ id: 'nobody' }, { posts: true }))).toBe(
      'KIN_NOT_FOUND',
    )
  })

  it.each([
    ['an unknown end', 'post', { autor: true }, 'KIN_UNKNOWN_ASSOCIATION'],
    ['a scalar', 'post', { name: true }, 'KIN_UNKNOWN_ASSOCIATION'],
    ['a limit on a to-one', 'post', { author: { limit: 1 } }, 'KIN_UNKNOWN_OPTION'],
    ['an unknown embedded member', 'cart', { items: { prodct: true } }, 'KIN_UNKNOWN_ASSOCIATION'],
  ] as const)('refuses %s', (_title, model, populate, code) => {
    const { oracle } = shop()
    expect(refusal(oracle, () => oracle.model(model).find({ populate }))).toBe(code)
  })

  it('refuses $count of a to-one', () => {
    const { oracle } = shop()
    expect(refusal(oracle, () => oracle.model('post').find({ count: { author: true } }))).toBe(
      'KIN_INVALID_QUERY',
    )
  })
})
