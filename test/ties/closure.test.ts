import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import type { Graph } from '../../src/schema/graph.js'
import { k } from '../../src/schema/k.js'
import { defineGraph as looseGraph, k as loose } from '../schema/loose.js'
import { Database, fatesOf, tiedOf, type World } from './world.js'

/** One holder with one target, tied as `options` say. */
const toOne = (options: Record<string, unknown>): Graph =>
  looseGraph({
    target: loose.model({}, { softDelete: true }),
    holder: loose.model({ target: loose.one('target', options).optional() }, { softDelete: true }),
  })

const pair: World = { target: { t: {} }, holder: { h: { target: 't' }, other: { target: null } } }

describe('R22: what a to-one tie does to the holder', () => {
  test.each([
    ['strong', 'soft', { fates: ['holder h: strong', 'target t: soft'] }],
    ['strong', 'strong', { fates: ['holder h: strong', 'target t: strong'] }],
    ['soft', 'soft', { fates: ['holder h: soft', 'target t: soft'] }],
    ['soft', 'strong', { fates: ['holder h: soft', 'target t: strong'], dangling: ['holder.target h > t'] }],
    ['weak', 'soft', { fates: ['target t: soft'], unset: ['holder.target h > t'] }],
    ['weak', 'strong', { fates: ['target t: strong'], unset: ['holder.target h > t'] }],
    ['dirty', 'soft', { fates: ['target t: soft'] }],
    ['dirty', 'strong', { fates: ['target t: strong'], dangling: ['holder.target h > t'] }],
    ['restrict', 'soft', { fates: ['target t: soft'], blockers: ['holder.target h > t'] }],
    ['restrict', 'strong', { fates: ['target t: strong'], blockers: ['holder.target h > t'] }],
  ] as const)('%s, target goes %s', (onDelete, outcome, expected) => {
    const closure = new Database(toOne({ onDelete }), pair).close('target', ['t'], outcome)
    expect({
      fates: fatesOf(closure),
      unset: tiedOf(closure.unset),
      dangling: tiedOf(closure.dangling),
      blockers: tiedOf(closure.blockers),
    }).toEqual({ unset: [], dangling: [], blockers: [], ...expected })
  })

  test.each(['strong', 'soft', 'weak', 'dirty', 'restrict'] as const)(
    '%s: deleting the holder does nothing to the target',
    (onDelete) => {
      for (const outcome of ['soft', 'strong'] as const) {
        const closure = new Database(toOne({ onDelete }), pair).close('holder', ['h'], outcome)
        expect(fatesOf(closure)).toEqual([`holder h: ${outcome}`])
        expect([closure.unset, closure.dangling, closure.blockers]).toEqual([[], [], []])
      }
    },
  )

  test.each([
    ['strong', 'soft', 'strong'],
    ['strong', 'strong', 'strong'],
    ['soft', 'soft', 'soft'],
    ['soft', 'strong', 'soft'],
  ] as const)('onHolderDelete %s, holder goes %s', (onHolderDelete, outcome, reached) => {
    const graph = looseGraph({
      target: loose.model({}, { softDelete: true }),
      holder: loose.model(
        { target: loose.one('target', { onHolderDelete, onDelete: 'dirty' }).unique() },
        { softDelete: true },
      ),
    })
    const closure = new Database(graph, pair).close('holder', ['h'], outcome)
    expect(fatesOf(closure)).toEqual([`holder h: ${outcome}`, `target t: ${reached}`])
  })
})

describe('R24: holders and targets that were soft-deleted before', () => {
  const buried: World = { target: { t: {} }, holder: { h: { target: 't', deletedBy: 'before' } } }

  test.each([
    ['strong', 'soft', []],
    ['strong', 'strong', ['holder h: strong']],
    ['soft', 'soft', []],
    ['soft', 'strong', []],
  ] as const)('%s, target goes %s', (onDelete, outcome, reached) => {
    const closure = new Database(toOne({ onDelete }), buried).close('target', ['t'], outcome)
    expect(fatesOf(closure)).toEqual([...reached, `target t: ${outcome}`])
  })

  test('soft leaves it dangling and says so', () => {
    const closure = new Database(toOne({ onDelete: 'soft' }), buried).close('target', ['t'], 'strong')
    expect(tiedOf(closure.dangling)).toEqual(['holder.target h > t'])
  })

  test.each([
    ['weak', 'soft', []],
    ['weak', 'strong', ['holder.target h > t']],
  ] as const)('%s, target goes %s', (onDelete, outcome, unset) => {
    const closure = new Database(toOne({ onDelete }), buried).close('target', ['t'], outcome)
    expect(tiedOf(closure.unset)).toEqual(unset)
  })

  test.each([
    ['soft', []],
    ['strong', ['holder.target h > t']],
  ] as const)('restrict, target goes %s', (outcome, blockers) => {
    const closure = new Database(toOne({ onDelete: 'restrict' }), buried).close('target', ['t'], outcome)
    expect(tiedOf(closure.blockers)).toEqual(blockers)
  })

  test('a record that goes for good remembers which deletion had soft-deleted it', () => {
    const closure = new Database(toOne({ onDelete: 'strong' }), buried).close('target', ['t'], 'strong')
    expect(closure.records.map(([{ id }, { deletion }]) => [id, deletion])).toEqual([
      ['t', null],
      ['h', 'before'],
    ])
    expect([...closure.deletions]).toEqual(['before'])
  })
})

describe('to-many ties', () => {
  const lists = (onDelete: string, options: Record<string, unknown> = {}): Graph =>
    looseGraph({
      target: loose.model({}, { softDelete: true }),
      holder: loose.model({ targets: loose.many('target', { onDelete, ...options }) }, { softDelete: true }),
    })
  const listed: World = { target: { t: {}, s: {} }, holder: { h: { targets: ['t', 's'] } } }

  test.each([
    ['weak', 'soft', {}],
    ['weak', 'strong', {}],
    ['dirty', 'soft', {}],
    ['dirty', 'strong', { dangling: ['holder.targets h > t'] }],
    ['restrict', 'soft', { blockers: ['holder.targets h > t'] }],
    ['restrict', 'strong', { blockers: ['holder.targets h > t'] }],
  ] as const)('%s, target goes %s', (onDelete, outcome, expected) => {
    for (const options of [{}, { inverse: 'holders' }, { layout: 'array' }, { layout: 'join' }]) {
      const closure = new Database(lists(onDelete, options), listed).close('target', ['t'], outcome)
      expect(fatesOf(closure)).toEqual([`target t: ${outcome}`])
      expect({
        dangling: tiedOf(closure.dangling),
        blockers: tiedOf(closure.blockers),
      }).toEqual({ dangling: [], blockers: [], ...expected })
    }
  })

  test('R16: a symmetric restrict blocks from both sides', () => {
    const graph = looseGraph({
      person: loose.model({ friends: loose.many('person', { symmetric: true, onDelete: 'restrict' }) }),
    })
    const world: World = { person: { a: { friends: ['b'] }, b: { friends: [] } } }
    for (const [gone, blocks] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const closure = new Database(graph, world).close('person', [gone], 'strong')
      expect(tiedOf(closure.blockers)).toEqual([`person.friends ${blocks} > ${gone}`])
    }
    expect(new Database(graph, world).close('person', ['a', 'b'], 'strong').blockers).toEqual([])
  })
})

describe('declared records in between', () => {
  const members = (onDelete: 'weak' | 'dirty' | 'restrict') =>
    defineGraph({
      user: k.model({ name: k.string() }, { softDelete: true }),
      group: k.model(
        { members: k.many('user', { inverse: 'groups', through: 'membership', onDelete }) },
        { softDelete: true },
      ),
      membership: k.model({ group: k.one('group'), user: k.one('user') }),
      badge: k.model({ membership: k.one('membership', { onDelete: 'strong' }) }),
    })
  const world: World = {
    user: { u: {} },
    group: { g: {} },
    membership: { m: { group: 'g', user: 'u' } },
    badge: { b: { membership: 'm' } },
  }

  test.each(['weak', 'dirty'] as const)(
    'R23: they go with their holder (%s), and so does what is tied to them',
    (tie) => {
      const closure = new Database(members(tie), world).close('group', ['g'], 'strong')
      expect(fatesOf(closure)).toEqual(['badge b: strong', 'group g: strong', 'membership m: strong'])
    },
  )

  test('R23: weak: they go with their target', () => {
    const closure = new Database(members('weak'), world).close('user', ['u'], 'strong')
    expect(fatesOf(closure)).toEqual(['badge b: strong', 'membership m: strong', 'user u: strong'])
  })

  test('R23: a soft delete of either end leaves them', () => {
    for (const [model, id] of [
      ['user', 'u'],
      ['group', 'g'],
    ] as const) {
      expect(fatesOf(new Database(members('weak'), world).close(model, [id], 'soft'))).toEqual([
        `${model} ${id}: soft`,
      ])
    }
  })

  test('dirty: they stay without their target, and dangle', () => {
    const closure = new Database(members('dirty'), world).close('user', ['u'], 'strong')
    expect(fatesOf(closure)).toEqual(['user u: strong'])
    expect(tiedOf(closure.dangling)).toEqual(['membership.user m > u'])
  })

  test('restrict: the holder of the list blocks', () => {
    const closure = new Database(members('restrict'), world).close('user', ['u'], 'soft')
    expect(tiedOf(closure.blockers)).toEqual(['group.members g > u'])
  })
})

describe('R17: references inside embedded structures', () => {
  const carts = (onDelete: string): Graph =>
    looseGraph({
      product: loose.model({}, { softDelete: true }),
      cart: loose.model(
        { items: loose.array(loose.object({ product: loose.one('product', { onDelete }) })) },
        { softDelete: true },
      ),
    })
  const world: World = {
    product: { p: {}, q: {} },
    cart: { c: { items: [{ product: 'p' }, { product: 'q' }, { product: 'p' }] } },
  }

  test.each([
    ['strong', ['cart c: strong', 'product p: soft'], []],
    ['soft', ['cart c: soft', 'product p: soft'], []],
    ['weak', ['product p: soft'], ['cart.items.product c > p', 'cart.items.product c > p']],
    ['dirty', ['product p: soft'], []],
    ['restrict', ['product p: soft'], []],
  ] as const)('%s', (onDelete, fates, unset) => {
    const closure = new Database(carts(onDelete), world).close('product', ['p'], 'soft')
    expect([fatesOf(closure), tiedOf(closure.unset)]).toEqual([fates, unset])
    expect(closure.blockers.length > 0).toBe(onDelete === 'restrict')
  })
})
