import { describe, expect, it } from 'vitest'
import { idsOf, refusal } from './fixture.js'
import { listOf, payloadsOf, report, world } from './linked.js'

describe('many-many', () => {
  it('R13: adding a pair that exists merges its payload', () => {
    const oracle = world()
    const members = oracle.model('group').at('g1').many('members')
    expect(members.add(['u3', 'u1', { id: 'u2', $link: { note: 'n' } }])).toEqual(
      report({ added: ['u3'], unchanged: ['u1'], updated: ['u2'] }),
    )
    expect(members.add(['u2'], { role: 'guest' })).toEqual(report({ unchanged: ['u2'] }))
    expect(members.add([{ id: 'u2', $link: { note: null } }], { role: 'boss' })).toEqual(
      report({ updated: ['u2'] }),
    )
    expect(payloadsOf(oracle, 'group', 'g1', 'members')).toEqual([
      ['u1', { role: 'guest', note: null }],
      ['u2', { role: 'boss', note: null }],
      ['u3', { role: 'guest', note: null }],
    ])
  })

  it('R12: repeated ids collapse to the first', () => {
    const oracle = world()
    const members = oracle.model('group').at('g2').many('members')
    expect(
      members.add([
        { id: 'u1', $link: { role: 'x' } },
        { id: 'u1', $link: { role: 'y' } },
      ]),
    ).toEqual(report({ added: ['u1'] }))
    expect(payloadsOf(oracle, 'group', 'g2', 'members')).toEqual([['u1', { role: 'x', note: null }]])
  })

  it('the inverse end is the same fact', () => {
    const oracle = world()
    const groups = oracle.model('user').at('u3').many('groups')
    expect(groups.add(['g2', 'g1'], { role: 'r' })).toEqual(report({ added: ['g2', 'g1'] }))
    expect(groups.remove(['g1', 'g9'])).toEqual(report({ removed: ['g1'], unchanged: ['g9'] }))
    expect(payloadsOf(oracle, 'group', 'g2', 'members')).toEqual([['u3', { role: 'r', note: null }]])
    expect(groups.has('g2')).toBe(true)
    expect(groups.has({ id: 'g1', name: 'ignored' })).toBe(false)
    expect(groups.count()).toBe(1)
  })

  it('update changes a payload that the list shows', () => {
    const oracle = world()
    const members = oracle.model('group').at('g1').many('members')
    expect(members.update('u1', { role: 'boss' })).toEqual(report({ updated: ['u1'] }))
    expect(members.update('u1', { role: 'boss' })).toEqual(report({ unchanged: ['u1'] }))
    expect(refusal(oracle, () => members.update('u3', { role: 'boss' }))).toBe('KIN_NOT_FOUND')
    expect(refusal(oracle, () => members.update('u1', { rol: 'boss' }))).toBe('KIN_VALIDATION')
  })

  it('R15: set and clear act on what the list shows; entries hidden from it stay', () => {
    const oracle = world()
    oracle.model('user').delete('u2')
    const members = oracle.model('group').at('g1').many('members')
    expect(members.set(['u4', 'u3'])).toEqual(report({ added: ['u4', 'u3'], removed: ['u1'] }))
    expect(members.clear()).toEqual(report({ removed: ['u3', 'u4'] }))
    expect(idsOf(members.list({ deleted: 'include' }))).toEqual(['u2'])
  })

  it('R15: what is stored already is not checked, what is new is', () => {
    const oracle = world()
    oracle.model('user').delete('u2')
    const members = oracle.model('group').at('g1').many('members')
    expect(members.set(idsOf(members.list({ deleted: 'include' })))).toEqual(
      report({ unchanged: ['u1', 'u2'] }),
    )
    expect(refusal(oracle, () => oracle.model('group').at('g2').many('members').add('u2'))).toBe(
      'KIN_TARGET_NOT_FOUND',
    )
    expect(refusal(oracle, () => members.add(['u3', 'nobody']))).toBe('KIN_TARGET_NOT_FOUND')
    expect(members.remove('u2')).toEqual(report({ removed: ['u2'] }))
  })

  it('create makes a record and its pair', () => {
    const oracle = world()
    const members = oracle.model('group').at('g2').many('members')
    expect(members.create({ id: 'u8' }, { role: 'r' })).toMatchObject({ id: 'u8' })
    expect(members.create([{ id: 'u9' }, { id: 'u7' }])).toMatchObject([{ id: 'u9' }, { id: 'u7' }])
    expect(payloadsOf(oracle, 'group', 'g2', 'members')).toEqual([
      ['u7', { role: 'guest', note: null }],
      ['u8', { role: 'r', note: null }],
      ['u9', { role: 'guest', note: null }],
    ])
  })

  it('create shows the records it made, those too that named the owner themselves', () => {
    const oracle = world()
    const friends = oracle.model('person').at('a').many('friends')
    expect(friends.create([{ id: 'd', friends: ['a'] }])).toMatchObject([{ id: 'd' }])
    expect(listOf(oracle, 'person', 'a', 'friends')).toEqual(['d'])
  })

  it('R37: the owner must exist and be live, for reads too', () => {
    const oracle = world()
    oracle.model('user').delete('u2')
    for (const id of ['u2', 'nobody']) {
      const groups = oracle.model('user').at(id).many('groups')
      for (const call of [
        () => groups.list(),
        () => groups.count(),
        () => groups.has('g1'),
        () => groups.add('g1'),
        () => groups.clear(),
      ]) {
        expect(refusal(oracle, call)).toBe('KIN_NOT_FOUND')
      }
      expect(refusal(oracle, () => oracle.model('user').at(id).one('profile').get())).toBe('KIN_NOT_FOUND')
    }
  })
})

describe('order (R10)', () => {
  it('add appends, existing entries keep their place', () => {
    const oracle = world()
    const queue = oracle.model('group').at('g1').many('queue')
    expect(queue.add(['u4', 'u2', 'u3'])).toEqual(report({ added: ['u4', 'u3'], unchanged: ['u2'] }))
    expect(idsOf(queue.list())).toEqual(['u2', 'u1', 'u4', 'u3'])
  })

  it('set gives the new order; hidden entries come after the named ones', () => {
    const oracle = world()
    oracle.model('post').update('p1', { tags: ['t1', 't2', 't3', 't4'] })
    oracle.model('tag').deleteMany({ ids: ['t1', 't3'] })
    const tags = oracle.model('post').at('p1').many('tags')
    expect(tags.set(['t4', 't2'])).toEqual(report({ unchanged: ['t4', 't2'] }))
    expect(oracle.model('post').findById('p1')?.['tags']).toEqual(['t4', 't2', 't1', 't3'])
    // Only live entries that are left out go.
    expect(tags.set(['t3', 't2'])).toEqual(report({ unchanged: ['t3', 't2'], removed: ['t4'] }))
    expect(oracle.model('post').findById('p1')?.['tags']).toEqual(['t3', 't2', 't1'])
  })

  it('new entries stand in the order given, whoever named the pair first', () => {
    const oracle = world()
    const queue = oracle.model('group').at('g2').many('queue')
    queue.add(['u3', { $create: { id: 'u8', queues: ['g2'] } }, 'u1'])
    expect(listOf(oracle, 'group', 'g2', 'queue')).toEqual(['u3', 'u8', 'u1'])
    oracle.model('group').create({ id: 'g3', queue: ['u2', { $create: { id: 'u9', queues: ['g3'] } }, 'u1'] })
    expect(listOf(oracle, 'group', 'g3', 'queue')).toEqual(['u2', 'u9', 'u1'])
  })

  it('the list of another holder is left alone', () => {
    const oracle = world()
    oracle.model('group').at('g2').many('queue').set(['u3', 'u1'])
    oracle.model('group').at('g1').many('queue').set(['u1', 'u2'])
    expect(listOf(oracle, 'group', 'g2', 'queue')).toEqual(['u3', 'u1'])
    expect(listOf(oracle, 'group', 'g1', 'queue')).toEqual(['u1', 'u2'])
  })

  it('adding from the inverse end appends', () => {
    const oracle = world()
    oracle.model('user').at('u4').many('queues').set(['g1', 'g2'])
    expect(listOf(oracle, 'group', 'g1', 'queue')).toEqual(['u2', 'u1', 'u4'])
  })
})

describe('self-associations of many (R16)', () => {
  it('R16: a symmetric pair is one, with one payload', () => {
    const oracle = world()
    const people = oracle.model('person')
    expect(people.at('b').many('friends').add('a', { since: 1 })).toEqual(report({ added: ['a'] }))
    expect(people.at('a').many('friends').add('b')).toEqual(report({ unchanged: ['b'] }))
    expect(people.at('a').many('friends').update('b', { since: 2 })).toEqual(report({ updated: ['b'] }))
    expect(payloadsOf(oracle, 'person', 'b', 'friends')).toEqual([['a', { since: 2 }]])
    expect(people.at('a').many('friends').remove('b')).toEqual(report({ removed: ['b'] }))
    expect(listOf(oracle, 'person', 'b', 'friends')).toEqual([])
  })

  it('R16: no symmetric pair with itself; others allow it', () => {
    const oracle = world()
    const people = oracle.model('person')
    expect(refusal(oracle, () => people.at('a').many('friends').add('a'))).toBe('KIN_VALIDATION')
    // Before any target is looked at (W1).
    expect(refusal(oracle, () => people.at('a').many('friends').add(['nobody', 'a']))).toBe('KIN_VALIDATION')
    expect(refusal(oracle, () => people.update('z', { friends: ['z'] }))).toBe('KIN_NOT_FOUND')
    expect(people.at('a').many('follows').add(['a', 'b'])).toEqual(report({ added: ['a', 'b'] }))
    expect(listOf(oracle, 'person', 'a', 'followers')).toEqual(['a'])
    expect(listOf(oracle, 'person', 'b', 'follows')).toEqual([])
  })
})
