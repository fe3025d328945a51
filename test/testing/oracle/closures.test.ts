import { describe, expect, it } from 'vitest'
import type { FieldDescription, Oracle, Tie } from '../../../src/testing/oracle/index.js'
import { living, named, oracleOf, refusal } from './fixture.js'
import { pairOf, stateOf } from './tied.js'

describe('closures', () => {
  /** husband and wife: `wife.husband`, both ways. */
  function marriage(onDelete: Tie, onHolderDelete: 'strong' | 'soft'): Oracle {
    const oracle = oracleOf({
      husband: named({}, { softDelete: true }),
      wife: named(
        {
          husband: {
            kind: 'one',
            target: 'husband',
            inverse: 'wife',
            unique: true,
            onDelete,
            onHolderDelete,
          },
        },
        { softDelete: true },
      ),
    })
    oracle.model('husband').createMany([{ id: 'h1' }, { id: 'h2' }])
    oracle.model('wife').createMany([
      { id: 'w1', husband: 'h1' },
      { id: 'w2', husband: 'h2' },
    ])
    return oracle
  }

  it('mutual one-one ties end, from either end', () => {
    for (const [model, id] of [
      ['husband', 'h1'],
      ['wife', 'w1'],
    ] as const) {
      const oracle = marriage('soft', 'soft')
      expect(oracle.model(model).delete(id)).toMatchObject({
        deleted: {},
        softDeleted: { husband: 1, wife: 1 },
      })
      expect(living(oracle, 'husband')).toEqual({ live: ['h2'], hidden: ['h1'] })
      expect(living(oracle, 'wife')).toEqual({ live: ['w2'], hidden: ['w1'] })
    }
  })

  it('R22: an outcome that grows is carried on: soft, then strong', () => {
    // Deleting w1 softly hard-deletes h1, whose hard delete reaches w1 again, strongly.
    const oracle = marriage('strong', 'strong')
    expect(oracle.model('wife').delete('w1')).toMatchObject({
      deleted: { husband: 1, wife: 1 },
      softDeleted: {},
    })
  })

  /** Diamond: root ← left, right ← both. */
  function diamond(left: Tie, right: Tie, rest: Partial<Record<'both', Tie>> = {}): Oracle {
    const oracle = oracleOf({
      root: named({}, { softDelete: true }),
      left: named(
        { root: { kind: 'one', target: 'root', onDelete: left, optional: left === 'weak' } },
        { softDelete: true },
      ),
      right: named(
        { root: { kind: 'one', target: 'root', onDelete: right, optional: right === 'weak' } },
        { softDelete: true },
      ),
      both: named(
        {
          left: { kind: 'one', target: 'left', onDelete: rest.both ?? 'soft', optional: true },
          right: { kind: 'one', target: 'right', onDelete: 'strong', optional: true },
        },
        { softDelete: true },
      ),
    })
    oracle.model('root').create({ id: 'r' })
    oracle.model('left').create({ id: 'l', root: 'r' })
    oracle.model('right').create({ id: 'i', root: 'r' })
    oracle.model('both').create({ id: 'b', left: 'l', right: 'i' })
    return oracle
  }

  it('where paths meet, strong beats soft', () => {
    const oracle = diamond('soft', 'soft')
    expect(oracle.model('root').delete('r')).toMatchObject({
      deleted: { both: 1 },
      softDeleted: { root: 1, left: 1, right: 1 },
    })
  })

  it('where paths meet, soft beats weak: the reference to a soft-deleted record is kept', () => {
    const oracle = oracleOf({
      root: named({}, { softDelete: true }),
      leaf: named(
        {
          soft: { kind: 'one', target: 'root', onDelete: 'soft', optional: true },
          weak: { kind: 'one', target: 'root', onDelete: 'weak', optional: true },
        },
        { softDelete: true },
      ),
    })
    oracle.model('root').create({ id: 'r' })
    oracle.model('leaf').create({ id: 'l', soft: 'r', weak: 'r' })
    oracle.model('root').delete('r')
    expect(stateOf(oracle, 'leaf', 'l', 'weak')).toBe('hidden "r"')
    // Gone for good, it is unset (R24), while soft leaves the holder dangling.
    oracle.model('root').restore('r')
    expect(oracle.model('root').delete('r', { hard: true })).toMatchObject({
      softDeleted: { leaf: 1 },
      unlinked: 1,
      dangling: 1,
    })
    expect(stateOf(oracle, 'leaf', 'l', 'weak')).toBe('hidden null')
    expect(stateOf(oracle, 'leaf', 'l', 'soft')).toBe('hidden "r"')
  })

  it('R22: a holder in the same closure does not block, soft-deleted only a soft delete', () => {
    const oracle = diamond('soft', 'soft', { both: 'restrict' })
    // `both` is hard-deleted by its strong tie, so its restrict tie on left blocks nothing.
    expect(oracle.model('root').delete('r')).toMatchObject({ deleted: { both: 1 } })
    const blocked = diamond('strong', 'restrict')
    expect(refusal(blocked, () => blocked.model('root').delete('r'))).toBe('KIN_RESTRICTED')
    blocked.model('right').delete('i')
    // For the soft delete the hidden holder is no obstacle, for the hard one it is (R22).
    expect(refusal(blocked, () => blocked.model('root').delete('r', { hard: true }))).toBe('KIN_RESTRICTED')
    expect(blocked.model('root').delete('r')).toMatchObject({
      softDeleted: { root: 1 },
      deleted: { left: 1 },
    })
  })

  it('cycles end: a tree of itself, and a record that refers to itself', () => {
    for (const tie of ['strong', 'soft', 'restrict'] as const) {
      const oracle = oracleOf({
        node: named({ parent: { kind: 'one', target: 'node', onDelete: tie } }, { softDelete: true }),
      })
      oracle.model('node').createMany([
        { id: 'a', parent: 'a' },
        { id: 'b', parent: 'c' },
        { id: 'c', parent: 'd' },
        { id: 'd', parent: 'b' },
      ])
      expect(refusal(oracle, () => oracle.model('node').delete('a', { hard: true }))).toBeNull()
      // One of a ring is held by another; all together hold nobody back (R22).
      const alone = refusal(oracle, () => oracle.model('node').delete('b'))
      expect(alone).toBe(tie === 'restrict' ? 'KIN_RESTRICTED' : null)
      oracle.model('node').deleteMany({})
      expect(oracle.model('node').count()).toBe(0)
    }
  })

  it('author and post, student and course: the far end is left alone', () => {
    const oracle = oracleOf({
      author: named({}, { softDelete: true }),
      post: named(
        { author: { kind: 'one', target: 'author', inverse: 'posts', onDelete: 'soft' } },
        { softDelete: true },
      ),
      student: named({ courses: { kind: 'many', target: 'course', inverse: 'students' } }),
      course: named({}),
    })
    oracle.model('author').create({ id: 'a', posts: [{ $create: { id: 'p1' } }, { $create: { id: 'p2' } }] })
    oracle
      .model('student')
      .create({ id: 's', courses: [{ $create: { id: 'c1' } }, { $create: { id: 'c2' } }] })
    oracle.model('post').delete('p1')
    expect(living(oracle, 'author').live).toEqual(['a'])
    expect(oracle.model('author').delete('a')).toMatchObject({ softDeleted: { author: 1, post: 1 } })
    expect(oracle.model('course').delete('c1')).toMatchObject({ deleted: { course: 1 }, unlinked: 1 })
    expect(oracle.model('student').at('s').many('courses').count()).toBe(1)
    oracle.model('student').delete('s')
    expect(living(oracle, 'course').live).toEqual(['c2'])
  })
})

describe('plans and bulk', () => {
  it('planDelete says what delete does, and writes nothing', () => {
    const oracle = pairOf({ kind: 'one', target: 'target', onDelete: 'strong' }, 'live')
    const before = structuredClone(oracle.world)
    const plan = oracle.model('target').planDelete('t')
    expect(oracle.world).toEqual(before)
    expect(plan).toMatchObject({
      softDeleted: { target: ['t'] },
      deleted: { holder: ['h'] },
      irreversible: true,
      blockers: [],
    })
    expect(oracle.model('target').delete('t', { plan })).toMatchObject({
      softDeleted: { target: 1 },
      deleted: { holder: 1 },
    })
  })

  it('R25: a soft delete that comes back to its root by a strong tie is irreversible', () => {
    const mutual: FieldDescription = {
      kind: 'one',
      target: 'half',
      unique: true,
      optional: true,
      onDelete: 'soft',
      onHolderDelete: 'strong',
    }
    const oracle = oracleOf({ half: named({ other: mutual }, { softDelete: true }) })
    oracle.model('half').createMany([{ id: 'a' }, { id: 'b', other: 'a' }])
    expect(oracle.model('half').planDelete('a')).toMatchObject({
      deleted: { half: ['a'] },
      softDeleted: { half: ['b'] },
      irreversible: true,
    })
  })

  it('a plan names the blockers; a stale plan is refused', () => {
    const oracle = pairOf({ kind: 'one', target: 'target', onDelete: 'restrict', optional: true }, 'live')
    const plan = oracle.model('target').planDelete('t')
    expect(plan.irreversible).toBe(false)
    expect(plan.blockers).toEqual([{ association: 'holder.ref', model: 'holder', ids: ['h'] }])
    expect(refusal(oracle, () => oracle.model('target').delete('t', { plan }))).toBe('KIN_RESTRICTED')
    oracle.model('holder').update('h', { ref: null })
    expect(refusal(oracle, () => oracle.model('target').delete('t', { plan }))).toBe('KIN_PLAN_STALE')
  })

  it('R37: every named id must exist and be live, in bulk too', () => {
    const oracle = oracleOf({ a: named({}, { softDelete: true }) })
    const things = oracle.model('a')
    things.createMany([{ id: '1' }, { id: '2' }, { id: '3', name: 'x' }])
    things.delete('1')
    expect(refusal(oracle, () => things.delete('1'))).toBe('KIN_NOT_FOUND')
    expect(refusal(oracle, () => things.delete('1', { hard: true }))).toBe('KIN_NOT_FOUND')
    expect(refusal(oracle, () => things.deleteMany({ ids: ['2', '9'] }))).toBe('KIN_NOT_FOUND')
    expect(things.deleteMany({ ids: ['2', '3'], where: { name: 'x' } })).toMatchObject({
      softDeleted: { a: 1 },
      ids: { softDeleted: { a: ['3'] } },
    })
    expect(things.deleteMany({ where: {}, hard: true })).toMatchObject({ deleted: { a: 1 } })
  })
})
