import { describe, expect, it } from 'vitest'
import type { Oracle, Tie } from '../../../src/testing/oracle/index.js'
import { named, oracleOf, refusal } from './fixture.js'
import { type Before, pairOf, stateOf } from './tied.js'

describe('to-one: what the delete of the target does to the holder', () => {
  it.each<[Tie, boolean, 'soft' | 'hard', Before, string]>([
    // tie, optional, delete, holder before, holder after and its reference
    ['strong', false, 'soft', 'live', 'gone'],
    ['strong', false, 'hard', 'live', 'gone'],
    ['strong', false, 'soft', 'hidden', 'hidden "t"'],
    ['strong', false, 'hard', 'hidden', 'gone'],
    ['soft', false, 'soft', 'live', 'hidden "t"'],
    ['soft', false, 'hard', 'live', 'hidden "t"'],
    ['soft', false, 'soft', 'hidden', 'hidden "t"'],
    ['soft', false, 'hard', 'hidden', 'hidden "t"'],
    ['weak', true, 'soft', 'live', 'live null'],
    ['weak', true, 'hard', 'live', 'live null'],
    ['weak', true, 'soft', 'hidden', 'hidden "t"'],
    ['weak', true, 'hard', 'hidden', 'hidden null'],
    ['dirty', false, 'soft', 'live', 'live "t"'],
    ['dirty', false, 'hard', 'live', 'live "t"'],
    ['dirty', false, 'soft', 'hidden', 'hidden "t"'],
    ['dirty', false, 'hard', 'hidden', 'hidden "t"'],
    ['restrict', false, 'soft', 'live', 'KIN_RESTRICTED'],
    ['restrict', false, 'hard', 'live', 'KIN_RESTRICTED'],
    ['restrict', false, 'soft', 'hidden', 'hidden "t"'],
    ['restrict', false, 'hard', 'hidden', 'KIN_RESTRICTED'],
  ])('R22–R24: %s (optional: %s), %s delete, holder %s: %s', (tie, optional, how, before, after) => {
    for (const unique of [false, true]) {
      const oracle = pairOf({ kind: 'one', target: 'target', optional, unique, onDelete: tie }, before)
      const refused = refusal(oracle, () => oracle.model('target').delete('t', { hard: how === 'hard' }))
      expect(refused ?? stateOf(oracle, 'holder', 'h', 'ref')).toBe(after)
      expect(refused ?? stateOf(oracle, 'target', 't')).toBe(refused ?? (how === 'soft' ? 'hidden' : 'gone'))
    }
  })

  it('the default is restrict on a required reference and weak on an optional one', () => {
    const required = pairOf({ kind: 'one', target: 'target' }, 'live')
    expect(refusal(required, () => required.model('target').delete('t'))).toBe('KIN_RESTRICTED')
    const optional = pairOf({ kind: 'one', target: 'target', optional: true }, 'live')
    optional.model('target').delete('t')
    expect(stateOf(optional, 'holder', 'h', 'ref')).toBe('live null')
  })

  it('deleting the holder does nothing to the target', () => {
    for (const hard of [false, true]) {
      const oracle = pairOf({ kind: 'one', target: 'target', onDelete: 'strong' }, 'live')
      oracle.model('holder').delete('h', { hard })
      expect(stateOf(oracle, 'target', 't')).toBe('live')
    }
  })

  it('a model without softDelete is deleted for good', () => {
    const oracle = oracleOf({ a: named({}) })
    oracle.model('a').create({ id: 'x' })
    expect(oracle.model('a').delete('x')).toMatchObject({ deleted: { a: 1 }, softDeleted: {} })
  })
})

describe('one-one: onHolderDelete, what the delete of the holder does to the target', () => {
  it.each<['strong' | 'soft' | undefined, 'soft' | 'hard', Before, string]>([
    ['strong', 'soft', 'live', 'gone'],
    ['strong', 'hard', 'live', 'gone'],
    ['strong', 'soft', 'hidden', 'hidden'],
    ['strong', 'hard', 'hidden', 'gone'],
    ['soft', 'soft', 'live', 'hidden'],
    ['soft', 'hard', 'live', 'hidden'],
    ['soft', 'soft', 'hidden', 'hidden'],
    ['soft', 'hard', 'hidden', 'hidden'],
    [undefined, 'soft', 'live', 'live'],
    [undefined, 'hard', 'live', 'live'],
  ])('%s, %s delete, target %s before: %s', (onHolderDelete, how, before, after) => {
    const tied = onHolderDelete === undefined ? {} : { onHolderDelete }
    const oracle = pairOf({ kind: 'one', target: 'target', unique: true, onDelete: 'dirty', ...tied }, 'live')
    if (before === 'hidden') oracle.model('target').delete('t')
    oracle.model('holder').delete('h', { hard: how === 'hard' })
    expect(stateOf(oracle, 'target', 't')).toBe(after)
  })
})

describe('to-many: entries', () => {
  it.each<['weak' | 'dirty' | 'restrict', 'soft' | 'hard', Before, string]>([
    ['weak', 'soft', 'live', '["t"]'],
    ['weak', 'hard', 'live', '[]'],
    ['weak', 'soft', 'hidden', '["t"]'],
    ['weak', 'hard', 'hidden', '[]'],
    ['dirty', 'soft', 'live', '["t"]'],
    ['dirty', 'hard', 'live', '["t"]'],
    ['dirty', 'hard', 'hidden', '["t"]'],
    ['restrict', 'soft', 'live', 'KIN_RESTRICTED'],
    ['restrict', 'hard', 'live', 'KIN_RESTRICTED'],
    ['restrict', 'soft', 'hidden', '["t"]'],
    ['restrict', 'hard', 'hidden', 'KIN_RESTRICTED'],
  ])('R23: one-sided %s, %s delete of the target, holder %s: raw ids %s', (onDelete, how, before, after) => {
    const oracle = pairOf({ kind: 'many', target: 'target', onDelete }, before, ['t'])
    const refused = refusal(oracle, () => oracle.model('target').delete('t', { hard: how === 'hard' }))
    const query = { deleted: 'include', select: ['ref'], populate: {}, count: { ref: true } }
    const holder = oracle.model('holder').findById('h', query)
    expect(refused ?? JSON.stringify(holder?.['ref'])).toBe(after)
    expect(holder?.['$count']).toEqual({ ref: refused === null ? 0 : 1 })
  })

  it.each<['weak' | 'dirty' | 'restrict', string]>([
    ['weak', 'soft'],
    ['dirty', 'soft'],
    ['restrict', 'soft'],
    ['weak', 'hard'],
    ['dirty', 'hard'],
    ['restrict', 'hard'],
  ])(
    'R23: many-many %s: a hard delete of the holder removes its entries, a soft one hides them (%s)',
    (onDelete, how) => {
      const oracle = pairOf({ kind: 'many', target: 'target', inverse: 'holders', onDelete }, 'live', ['t'])
      oracle.model('holder').delete('h', { hard: how === 'hard' })
      const holders = oracle.model('target').at('t').many('holders')
      expect(stateOf(oracle, 'target', 't')).toBe('live')
      expect(holders.count()).toBe(0)
      expect(holders.count({ deleted: 'include' })).toBe(how === 'hard' ? 0 : 1)
    },
  )

  it('entries that go with their holder are not counted as unlinked', () => {
    const oracle = pairOf({ kind: 'many', target: 'target', inverse: 'holders' }, 'live', ['t'])
    oracle.model('holder').create({ id: 'other', ref: ['t'] })
    expect(oracle.model('holder').delete('h', { hard: true })).toMatchObject({ unlinked: 0 })
    expect(oracle.model('target').delete('t', { hard: true })).toMatchObject({ unlinked: 1, dangling: 0 })
  })

  it('R16: a symmetric pair goes with either of its ends', () => {
    for (const id of ['a', 'b']) {
      const oracle = oracleOf({
        person: named({ friends: { kind: 'many', target: 'person', symmetric: true } }),
      })
      oracle.model('person').createMany([{ id: 'a' }, { id: 'b' }, { id: 'c', friends: ['a', 'b'] }])
      oracle.model('person').at('a').many('friends').add('b')
      expect(oracle.model('person').delete(id)).toMatchObject({
        deleted: { person: 1 },
        unlinked: 2,
        dangling: 0,
      })
      expect(oracle.model('person').at('c').many('friends').count()).toBe(1)
    }
  })

  it('a self-association that is not symmetric keeps its two sides apart', () => {
    const oracle = oracleOf({
      person: named({ follows: { kind: 'many', target: 'person', inverse: 'followers', onDelete: 'dirty' } }),
    })
    const people = oracle.model('person')
    people.createMany([
      { id: 'a', follows: ['a', 'b'] },
      { id: 'b', follows: ['a'] },
    ])
    // The entries of a itself go; the dirty entry of b that names a is left.
    expect(people.delete('a')).toMatchObject({ unlinked: 0, dangling: 1 })
    people.create({ id: 'a' })
    expect(people.at('a').many('followers').count()).toBe(1)
  })
})

describe('R17: embedded references', () => {
  const graph = {
    product: named({}, { softDelete: true }),
    cart: named(
      {
        items: {
          kind: 'array',
          item: {
            kind: 'object',
            fields: {
              product: { kind: 'one', target: 'product', onDelete: 'weak' },
              gift: { kind: 'one', target: 'product', optional: true },
              more: { kind: 'array', item: { kind: 'one', target: 'product', onDelete: 'weak' } },
            },
          },
        },
        best: {
          kind: 'object',
          optional: true,
          fields: { product: { kind: 'one', target: 'product', optional: true } },
        },
      },
      { softDelete: true },
    ),
  } as const
  const start = {
    id: 'c',
    items: [{ product: 'p1' }, { product: 'p2', gift: 'p1' }, { product: 'p3', more: ['p1', 'p2', 'p1'] }],
    best: { product: 'p1' },
  }
  const afterwards = {
    items: [
      { product: 'p2', gift: null, more: [] },
      { product: 'p3', gift: null, more: ['p2'] },
    ],
    best: { product: null },
  }

  function carts(): Oracle {
    const oracle = oracleOf(graph)
    oracle.model('product').createMany([{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }])
    oracle.model('cart').create(start)
    return oracle
  }

  it.each(['soft', 'hard'])(
    'weak, %s: an optional one is null, a required one takes the nearest element along',
    (how) => {
      const oracle = carts()
      const report = oracle.model('product').delete('p1', { hard: how === 'hard' })
      expect(oracle.model('cart').findById('c')).toMatchObject(afterwards)
      expect(report).toMatchObject({ unlinked: 5, dangling: 0 })
    },
  )

  it('R26: what a soft delete took away comes back in its place', () => {
    const oracle = carts()
    const before = oracle.model('cart').findById('c')
    oracle.model('product').delete('p1')
    expect(oracle.model('product').restore('p1')).toMatchObject({ relinked: 5, notRelinked: 0 })
    expect(oracle.model('cart').findById('c')).toEqual(before)
  })

  it('strong and soft act on the whole record, restrict blocks', () => {
    for (const [tie, after] of [
      ['strong', 'gone'],
      ['soft', 'hidden'],
      ['restrict', 'KIN_RESTRICTED'],
      ['dirty', 'live'],
    ] as const) {
      const oracle = pairOf(
        { kind: 'array', item: { kind: 'one', target: 'target', onDelete: tie } },
        'live',
        ['t', 't'],
      )
      const refused = refusal(oracle, () => oracle.model('target').delete('t'))
      expect(refused ?? stateOf(oracle, 'holder', 'h')).toBe(after)
    }
  })
})
