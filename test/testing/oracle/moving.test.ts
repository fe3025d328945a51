import { describe, expect, it } from 'vitest'
import { refusal } from './fixture.js'
import { listOf, none, report, world } from './linked.js'

describe('one-many, from the inverse end (R14)', () => {
  it('add moves; remove leaves alone what belongs to someone else', () => {
    const oracle = world()
    const posts = oracle.model('user').at('u1').many('posts')
    expect(posts.add(['p3', 'p4', 'p1'])).toEqual(report({ added: ['p3', 'p4'], unchanged: ['p1'] }))
    expect(listOf(oracle, 'user', 'u2', 'posts')).toEqual([])
    expect(oracle.model('user').at('u2').many('posts').remove(['p1', 'nothing'])).toEqual(
      report({ unchanged: ['p1', 'nothing'] }),
    )
    expect(posts.set(['p2', 'p1'])).toEqual(report({ unchanged: ['p2', 'p1'], removed: ['p3', 'p4'] }))
    expect(posts.create({ id: 'p9' })).toMatchObject({ id: 'p9', author: 'u1' })
    expect(posts.clear()).toEqual(report({ removed: ['p1', 'p2', 'p9'] }))
  })

  it('a hidden record is neither moved nor unset', () => {
    const oracle = world()
    oracle.model('post').deleteMany({ ids: ['p1', 'p3'] })
    const posts = oracle.model('user').at('u1').many('posts')
    expect(posts.add('p1')).toEqual(report({ unchanged: ['p1'] }))
    expect(posts.remove('p1')).toEqual(report({ unchanged: ['p1'] }))
    expect(refusal(oracle, () => posts.add('p3'))).toBe('KIN_TARGET_NOT_FOUND')
  })

  it('R14: remove, set and clear are refused on a required reference, add moves', () => {
    const oracle = world()
    oracle.model('letter').createMany([
      { id: 'l1', from: 'u1' },
      { id: 'l2', from: 'u2' },
    ])
    const letters = oracle.model('user').at('u1').many('letters')
    expect(refusal(oracle, () => letters.remove('l1'))).toBe('KIN_REQUIRED_REFERENCE')
    expect(refusal(oracle, () => letters.set(['l1', 'l2']))).toBe('KIN_REQUIRED_REFERENCE')
    expect(refusal(oracle, () => letters.clear())).toBe('KIN_REQUIRED_REFERENCE')
    expect(letters.add('l2')).toEqual(report({ added: ['l2'] }))
  })
})

describe('one-one (R14)', () => {
  it('from the inverse end the displaced holder is unset', () => {
    const oracle = world()
    oracle.model('profile').createMany([
      { id: 'f1', user: 'u1' },
      { id: 'f2', user: 'u2' },
    ])
    const profile = oracle.model('user').at('u1').one('profile')
    expect(profile.set('f2')).toEqual(report({ added: ['f2'], removed: ['f1'] }))
    expect(oracle.model('profile').find({ select: ['user'] })).toEqual([{ user: null }, { user: 'u1' }])
    expect(profile.set({ id: 'f2' })).toEqual(report({ unchanged: ['f2'] }))
    expect(oracle.model('user').at('u2').one('profile').get()).toBeNull()
    expect(profile.create({ id: 'f3' })).toMatchObject({ id: 'f3', user: 'u1' })
    expect(profile.set(null)).toEqual(report({ removed: ['f3'] }))
    expect(profile.set(null)).toEqual(none)
  })

  it('a soft-deleted holder is not displaced', () => {
    const oracle = world()
    oracle.model('profile').createMany([{ id: 'f1', user: 'u1' }, { id: 'f2' }])
    oracle.model('profile').delete('f1')
    expect(oracle.model('user').at('u1').one('profile').set('f2')).toEqual(report({ added: ['f2'] }))
    expect(oracle.model('profile').findById('f1', { deleted: 'include' })).toMatchObject({ user: 'u1' })
  })

  it('a holder that is hidden and refers here already displaces the one that is shown', () => {
    const oracle = world()
    const profiles = oracle.model('profile')
    profiles.createMany([{ id: 'f1', user: 'u1' }, { id: 'f2' }])
    profiles.delete('f1')
    const profile = oracle.model('user').at('u1').one('profile')
    profile.set('f2')
    expect(profile.set('f1')).toEqual(report({ unchanged: ['f1'], removed: ['f2'] }))
    expect(profile.get()).toBeNull()
  })

  it('is refused where the displaced reference is required', () => {
    const oracle = world()
    oracle.model('passport').createMany([
      { id: 's1', user: 'u1' },
      { id: 's2', user: 'u2' },
    ])
    const passport = oracle.model('user').at('u1').one('passport')
    expect(refusal(oracle, () => passport.set('s2'))).toBe('KIN_REQUIRED_REFERENCE')
    expect(refusal(oracle, () => passport.set(null))).toBe('KIN_REQUIRED_REFERENCE')
    expect(refusal(oracle, () => passport.create({ id: 's3' }))).toBe('KIN_REQUIRED_REFERENCE')
    expect(oracle.model('user').at('u3').one('passport').set('s2')).toEqual(report({ added: ['s2'] }))
    expect(oracle.model('user').at('u2').one('passport').set(null)).toEqual(none)
  })

  it('from the holder end a taken target is a conflict', () => {
    const oracle = world()
    oracle.model('profile').createMany([{ id: 'f1', user: 'u1' }, { id: 'f2' }])
    const user = oracle.model('profile').at('f2').one('user')
    expect(refusal(oracle, () => user.set('u1'))).toBe('KIN_ONE_TAKEN')
    expect(user.set('u2')).toEqual(report({ added: ['u2'] }))
    expect(user.set('u3')).toEqual(report({ added: ['u3'], removed: ['u2'] }))
    expect(user.create({ id: 'u9' })).toMatchObject({ id: 'u9' })
    expect(user.get({ select: ['id'] })).toEqual({ id: 'u9' })
    oracle.model('profile').delete('f1')
    expect(user.set(null)).toEqual(report({ removed: ['u9'] }))
    oracle.model('letter').create({ id: 'l1', from: 'u1' })
    expect(refusal(oracle, () => oracle.model('letter').at('l1').one('from').set(null))).toBe(
      'KIN_REQUIRED_REFERENCE',
    )
  })

  it('R20: a reference to a hidden record is stored, and reported when it goes', () => {
    const oracle = world()
    oracle.model('note').create({ id: 'n1', about: 'u1' })
    oracle.model('user').delete('u1')
    const about = oracle.model('note').at('n1').one('about')
    expect(about.get()).toBeNull()
    expect(about.set('u1')).toEqual(report({ unchanged: ['u1'] }))
    expect(about.set('u2')).toEqual(report({ added: ['u2'], removed: ['u1'] }))
    expect(refusal(oracle, () => about.set('u1'))).toBe('KIN_TARGET_NOT_FOUND')
  })

  it('a self-association has two ends', () => {
    const oracle = world()
    oracle.model('user').at('u1').one('spouse').set('u2')
    expect(oracle.model('user').at('u2').one('spouseOf').get()).toMatchObject({ id: 'u1' })
    expect(refusal(oracle, () => oracle.model('user').at('u2').one('spouse').set('u2'))).toBe('KIN_ONE_TAKEN')
    oracle.model('user').at('u3').one('spouse').set('u3')
    expect(oracle.model('user').at('u3').one('spouseOf').get()).toMatchObject({ id: 'u3' })
  })
})
