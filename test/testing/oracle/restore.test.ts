import { describe, expect, it } from 'vitest'
import type { Oracle } from '../../../src/testing/oracle/index.js'
import { living, named, oracleOf, refusal } from './fixture.js'
import { restorable } from './restorable.js'

function everything(oracle: Oracle): unknown {
  return [...oracle.graph.models.keys()].map((name) =>
    oracle
      .model(name)
      .find({ deleted: 'include' })
      .map(({ version: _version, ...rest }) => rest),
  )
}

describe('restore (R26)', () => {
  it('undoes exactly one soft delete', () => {
    const oracle = restorable()
    const before = everything(oracle)
    oracle.model('user').delete('u1')
    expect(living(oracle, 'comment')).toEqual({ live: ['c3'], hidden: ['c1', 'c2'] })
    expect(oracle.model('note').findById('n1')).toMatchObject({ user: null, version: 2 })
    expect(oracle.model('group').at('g1').many('members').count()).toBe(1)
    expect(oracle.model('user').restore('u1')).toMatchObject({
      restored: { user: ['u1'], post: ['p1', 'p2'], comment: ['c1', 'c2'] },
      skipped: {},
      relinked: 2,
      notRelinked: 0,
    })
    expect(everything(oracle)).toEqual(before)
    expect(oracle.model('user').findById('u1')).toMatchObject({ version: 3 })
    expect(oracle.model('group').at('g1').many('members').count()).toBe(2)
  })

  it('what was deleted before stays deleted', () => {
    const oracle = restorable()
    oracle.model('post').delete('p1')
    oracle.model('user').delete('u1')
    expect(oracle.model('user').restore('u1')).toMatchObject({
      restored: { user: ['u1'], post: ['p2'], comment: ['c2'] },
    })
    expect(oracle.model('post').restore('p1')).toMatchObject({ restored: { post: ['p1'], comment: ['c1'] } })
  })

  it.each<[string, (oracle: Oracle) => void, string, string, 'KIN_NOT_FOUND' | 'KIN_RESTORE_REFUSED']>([
    ['an absent record', () => undefined, 'user', 'nobody', 'KIN_NOT_FOUND'],
    ['a record that is not deleted', () => undefined, 'user', 'u1', 'KIN_RESTORE_REFUSED'],
    [
      'twice',
      (o) => (o.model('user').delete('u1'), o.model('user').restore('u1')),
      'user',
      'u1',
      'KIN_RESTORE_REFUSED',
    ],
    ['a record deleted by a tie', (o) => o.model('user').delete('u1'), 'post', 'p1', 'KIN_RESTORE_REFUSED'],
    [
      'under a hidden target',
      (o) => (o.model('post').delete('p1'), o.model('user').delete('u1')),
      'post',
      'p1',
      'KIN_RESTORE_REFUSED',
    ],
    [
      'under a missing target',
      (o) => (o.model('post').delete('p1'), o.model('user').delete('u1', { hard: true })),
      'post',
      'p1',
      'KIN_RESTORE_REFUSED',
    ],
    [
      'a root whose unique value is taken',
      (o) => (o.model('user').delete('u1'), o.model('user').create({ id: 'u9', email: 'e1' })),
      'user',
      'u1',
      'KIN_RESTORE_REFUSED',
    ],
    [
      'a one-one holder whose target is taken',
      (o) => (o.model('badge').delete('b1'), o.model('badge').create({ id: 'b9', user: 'u1' })),
      'badge',
      'b1',
      'KIN_RESTORE_REFUSED',
    ],
  ])('refuses %s', (_title, prepare, model, id, code) => {
    const oracle = restorable()
    prepare(oracle)
    expect(refusal(oracle, () => oracle.model(model).restore(id))).toBe(code)
  })

  it('a dependant that cannot return is skipped with what hangs below it, and can be restored later', () => {
    const oracle = restorable()
    oracle.model('user').delete('u1')
    oracle.model('post').create({ id: 'p9', author: 'u2', slug: 's1' })
    expect(oracle.model('user').restore('u1')).toMatchObject({
      restored: { user: ['u1'], post: ['p2'], comment: ['c2'] },
      skipped: { post: ['p1'], comment: ['c1'] },
    })
    expect(refusal(oracle, () => oracle.model('post').restore('p1'))).toBe('KIN_RESTORE_REFUSED')
    expect(refusal(oracle, () => oracle.model('comment').restore('c1'))).toBe('KIN_RESTORE_REFUSED')
    oracle.model('post').update('p9', { slug: null })
    expect(oracle.model('post').restore('p1')).toMatchObject({ restored: { post: ['p1'], comment: ['c1'] } })
  })

  it('references are put back only where still null and their slot is free', () => {
    const oracle = restorable()
    oracle.model('user').delete('u1')
    oracle.model('note').update('n1', { user: 'u2' })
    oracle.model('badge').delete('b1', { hard: true })
    expect(oracle.model('user').restore('u1')).toMatchObject({ relinked: 0, notRelinked: 1 })
    expect(oracle.model('note').findById('n1')).toMatchObject({ user: 'u2' })
  })

  it('a one-one slot that was taken meanwhile is left', () => {
    // b1 is hidden while u1 comes back, so its reference returns; b1 itself then finds its slot taken.
    const oracle = restorable()
    oracle.model('user').delete('u1')
    oracle.model('badge').delete('b1')
    expect(oracle.model('user').restore('u1')).toMatchObject({ relinked: 2 })
    oracle.model('badge').create({ id: 'b2', user: 'u1' })
    expect(refusal(oracle, () => oracle.model('badge').restore('b1'))).toBe('KIN_RESTORE_REFUSED')
  })

  it('a bulk delete is restored record by record, each with what hangs below it', () => {
    const oracle = restorable()
    const before = everything(oracle)
    oracle.model('user').deleteMany({ ids: ['u1', 'u2'] })
    expect(oracle.model('user').restore('u1')).toMatchObject({
      restored: { user: ['u1'], post: ['p1', 'p2'], comment: ['c1', 'c2'] },
      relinked: 2,
    })
    expect(living(oracle, 'user')).toEqual({ live: ['u1'], hidden: ['u2'] })
    oracle.model('user').restore('u2')
    expect(everything(oracle)).toEqual(before)
  })

  it('what a hard delete soft-deleted under an absent target cannot return', () => {
    const oracle = restorable()
    oracle.model('user').delete('u1', { hard: true })
    expect(living(oracle, 'post')).toEqual({ live: ['p3'], hidden: ['p1', 'p2'] })
    expect(refusal(oracle, () => oracle.model('post').restore('p1'))).toBe('KIN_RESTORE_REFUSED')
    expect(refusal(oracle, () => oracle.model('comment').restore('c1'))).toBe('KIN_RESTORE_REFUSED')
  })

  it('what onHolderDelete soft-deleted under a holder that is gone for good can be restored by itself', () => {
    const oracle = oracleOf({
      engine: named({}, { softDelete: true }),
      car: named(
        {
          engine: {
            kind: 'one',
            target: 'engine',
            unique: true,
            onDelete: 'restrict',
            onHolderDelete: 'soft',
          },
        },
        { softDelete: true },
      ),
    })
    oracle.model('car').create({ id: 'c', engine: { $create: { id: 'e' } } })
    oracle.model('car').delete('c', { hard: true })
    expect(oracle.model('engine').restore('e')).toMatchObject({ restored: { engine: ['e'] } })
  })

  it('R25: what a strong tie removed does not come back; what it pulled down does', () => {
    const oracle = oracleOf({
      house: named({}, { softDelete: true }),
      key: named({
        house: { kind: 'one', target: 'house', onDelete: 'strong' },
        ring: { kind: 'one', target: 'ring', unique: true, onDelete: 'restrict', onHolderDelete: 'soft' },
      }),
      ring: named({}, { softDelete: true }),
    })
    oracle.model('key').create({ id: 'k', house: { $create: { id: 'h' } }, ring: { $create: { id: 'r' } } })
    expect(oracle.model('house').delete('h')).toMatchObject({
      deleted: { key: 1 },
      softDeleted: { house: 1, ring: 1 },
    })
    expect(refusal(oracle, () => oracle.model('ring').restore('r'))).toBe('KIN_RESTORE_REFUSED')
    expect(oracle.model('house').restore('h')).toMatchObject({ restored: { house: ['h'], ring: ['r'] } })
    expect(oracle.model('key').count()).toBe(0)
  })

  it('mutual ties come back from the end that was deleted', () => {
    const oracle = oracleOf({
      husband: named({}, { softDelete: true }),
      wife: named(
        {
          husband: { kind: 'one', target: 'husband', unique: true, onDelete: 'soft', onHolderDelete: 'soft' },
        },
        { softDelete: true },
      ),
    })
    oracle.model('wife').create({ id: 'w', husband: { $create: { id: 'h' } } })
    oracle.model('husband').delete('h')
    expect(refusal(oracle, () => oracle.model('wife').restore('w'))).toBe('KIN_RESTORE_REFUSED')
    expect(oracle.model('husband').restore('h')).toMatchObject({ restored: { husband: ['h'], wife: ['w'] } })
    oracle.model('wife').delete('w')
    expect(oracle.model('wife').restore('w')).toMatchObject({ restored: { husband: ['h'], wife: ['w'] } })
  })

  it('an element waits for the last of its targets', () => {
    const oracle = oracleOf({
      product: named({}, { softDelete: true }),
      cart: named({
        items: {
          kind: 'array',
          item: {
            kind: 'object',
            fields: {
              a: { kind: 'one', target: 'product', onDelete: 'weak' },
              b: { kind: 'one', target: 'product', optional: true },
            },
          },
        },
      }),
    })
    oracle.model('product').createMany([{ id: '1' }, { id: '2' }, { id: '3' }])
    oracle.model('cart').create({ id: 'c', items: [{ a: '3' }, { a: '1', b: '2' }] })
    oracle.model('product').deleteMany({ ids: ['1', '2'] })
    expect(oracle.model('cart').findById('c')).toMatchObject({ items: [{ a: '3', b: null }] })
    expect(oracle.model('product').restore('1')).toMatchObject({ relinked: 0, notRelinked: 0 })
    expect(oracle.model('product').restore('2')).toMatchObject({ relinked: 1 })
    expect(oracle.model('cart').findById('c')).toMatchObject({
      items: [
        { a: '3', b: null },
        { a: '1', b: '2' },
      ],
    })
  })

  it('a record returns under a hidden target of a weak or dirty tie, not of a restrict one', () => {
    for (const [onDelete, refused] of [
      ['weak', null],
      ['dirty', null],
      ['restrict', 'KIN_RESTORE_REFUSED'],
    ] as const) {
      for (const kind of ['one', 'many'] as const) {
        const oracle = oracleOf({
          target: named({}, { softDelete: true }),
          holder: named({ ref: { kind, target: 'target', onDelete, optional: true } }, { softDelete: true }),
        })
        oracle.model('target').create({ id: 't' })
        oracle.model('holder').createMany([{ id: 'other' }, { id: 'h', ref: kind === 'one' ? 't' : ['t'] }])
        oracle.model('holder').deleteMany({})
        oracle.model('target').delete('t')
        expect(refusal(oracle, () => oracle.model('holder').restore('h'))).toBe(refused)
        expect(refusal(oracle, () => oracle.model('holder').restore('other'))).toBeNull()
      }
    }
  })
})
