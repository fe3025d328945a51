import { describe, expect, it } from 'vitest'
import { Clock, living, named, oracleOf, refusal } from './fixture.js'
import { restorable } from './restorable.js'

describe('purge', () => {
  it('removes for good what was soft-deleted before a date, journals included', () => {
    const clock = new Clock()
    const oracle = restorable(clock)
    clock.tick()
    oracle.model('user').delete('u1')
    const between = clock.tick()
    oracle.model('post').delete('p3')
    expect(oracle.purge({ before: between })).toMatchObject({
      deleted: { user: 1, post: 2, comment: 2 },
      unlinked: 1,
    })
    expect(living(oracle, 'post')).toEqual({ live: [], hidden: ['p3'] })
    expect(oracle.world.unset).toEqual([])
    expect(oracle.model('group').at('g1').many('members').count({ deleted: 'include' })).toBe(1)
    oracle.model('post').restore('p3')
  })

  it('what is left below a record that is purged can be restored by itself', () => {
    const clock = new Clock()
    const tied = { kind: 'one', unique: true, onDelete: 'dirty', onHolderDelete: 'soft' } as const
    const oracle = oracleOf(
      {
        a: named({ b: { ...tied, target: 'b' } }, { softDelete: true }),
        b: named({ c: { ...tied, target: 'c' } }, { softDelete: true }),
        c: named({}, { softDelete: true }),
      },
      clock,
    )
    oracle.model('a').create({ id: 'a', b: { $create: { id: 'b', c: { $create: { id: 'c' } } } } })
    oracle.model('a').delete('a')
    expect(refusal(oracle, () => oracle.model('c').restore('c'))).toBe('KIN_RESTORE_REFUSED')
    // As a purge of a and b alone would leave it.
    const before = clock.tick()
    oracle.world.records['c']?.forEach((stored) => (stored.deletedAt = before))
    expect(oracle.purge({ before })).toMatchObject({ deleted: { a: 1, b: 1 } })
    expect(oracle.model('c').restore('c')).toMatchObject({ restored: { c: ['c'] } })
  })

  it('the date itself is not before the date', () => {
    const clock = new Clock()
    const oracle = restorable(clock)
    oracle.model('user').delete('u1')
    expect(oracle.purge({ before: clock.now() })).toMatchObject({ deleted: {} })
    expect(oracle.purge({ before: clock.tick() })).toMatchObject({
      deleted: { user: 1, post: 2, comment: 2 },
    })
  })
})
