import { describe, expect, it } from 'vitest'
import { idsOf, named, oracleOf } from './fixture.js'
import { payloadsOf, world } from './linked.js'

describe('scoped (R35)', () => {
  it('what is out of scope is as if it were not there', () => {
    const whole = world()
    whole.model('post').update('p1', { tags: ['t2', 't1'] })
    const oracle = whole.scoped({ user: { id: { $ne: 'u1' } }, tag: { id: 't1' } })
    expect(idsOf(oracle.model('user').find())).toEqual(['u2', 'u3', 'u4'])
    expect(oracle.model('user').findById('u1')).toBeNull()
    expect(oracle.model('post').findById('p1')).toMatchObject({ author: null, tags: ['t1'] })
    expect(oracle.model('post').findById('p3')).toMatchObject({ author: 'u2' })
    expect(idsOf(oracle.model('post').find({ where: { author: null } }))).toEqual(['p1', 'p2', 'p4'])
    expect(oracle.model('post').count({ where: { tags: { $contains: 't2' } } })).toBe(0)
    expect(idsOf(oracle.model('group').at('g1').many('members').list())).toEqual(['u2'])
  })

  it('scopes themselves look at all that is live', () => {
    const oracle = world().scoped({ post: { author: { posts: { $size: 2 } } }, user: { id: 'u4' } })
    expect(oracle.model('post').find()).toMatchObject([
      { id: 'p1', author: null },
      { id: 'p2', author: null },
    ])
  })

  it('references inside embedded structures: null, and left out of an array of references', () => {
    const ref = { kind: 'one', target: 'thing', optional: true } as const
    const whole = oracleOf({
      thing: named({}),
      box: named({
        first: { kind: 'object', fields: { ref } },
        items: { kind: 'array', item: { kind: 'object', fields: { ref } } },
        refs: { kind: 'array', item: { kind: 'one', target: 'thing' } },
      }),
    })
    whole.model('thing').createMany([{ id: 'a' }, { id: 'b' }])
    whole.model('box').create({
      id: 'x',
      first: { ref: 'a' },
      items: [{ ref: 'b' }, { ref: 'a' }],
      refs: ['a', 'b', 'a', 'b'],
    })
    expect(
      whole
        .scoped({ thing: { id: 'b' } })
        .model('box')
        .findById('x'),
    ).toMatchObject({
      first: { ref: null },
      items: [{ ref: 'b' }, { ref: null }],
      refs: ['b', 'b'],
    })
  })

  it('only reads, and the world itself stays whole', () => {
    const whole = world()
    const oracle = whole.scoped({ user: { id: 'u9' } })
    expect(() => oracle.model('tag').create({ id: 't9' })).toThrow(/only reads/)
    expect(payloadsOf(whole, 'group', 'g1', 'members')).toHaveLength(2)
  })
})
