/** Husband and wife, by name: the reference is written on the wife, so she is the holder and he the target. */
import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/index.js'
import type { Graph } from '../../../src/schema/graph.js'
import { defineGraph, k } from '../../schema/loose.js'
import { type Loose, openLoose } from './database.js'

const soft = { softDelete: true }

const marriage = (ties: Record<string, unknown>): Graph =>
  defineGraph({
    husband: k.model({ name: k.string() }, soft),
    wife: k.model(
      {
        name: k.string(),
        husband: k
          .one('husband', { inverse: 'wife', ...ties })
          .unique()
          .optional(),
      },
      soft,
    ),
  })

async function wedding(ties: Record<string, unknown>) {
  const db = await openLoose(marriage(ties))
  const husband1 = await db.husband.create(
    { name: 'Mark', wife: { name: 'Lilly' } },
    { populate: { wife: true } },
  )
  const husband2 = await db.husband.create({ name: 'Jeff', wife: { name: 'Stephanie' } })
  return { db, husband1: husband1.id, wife1: husband1.wife.id, husband2: husband2.id }
}

async function errorOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call
    return null
  } catch (error) {
    if (isKinshipError(error)) return error.code
    throw error
  }
}

async function fate(db: Loose, model: string, id: string): Promise<string> {
  const record = await db[model].findById(id, { deleted: 'include' })
  if (record === null) return 'gone'
  if (record.deletedAt !== null) return 'soft-deleted'
  return model === 'wife' && record.husband === null ? 'unset' : 'as before'
}

describe('husband and wife', () => {
  test.each([
    ['strong', false, 'gone'],
    ['strong', true, 'gone'],
    ['soft', false, 'soft-deleted'],
    ['soft', true, 'soft-deleted'],
    ['weak', false, 'unset'],
    ['weak', true, 'unset'],
    ['dirty', false, 'as before'],
    ['dirty', true, 'as before'],
  ] as const)(
    '%s tie with wife: deleting husband1 (hard: %s) leaves wife1 %s',
    async (onDelete, hard, outcome) => {
      const { db, husband1, wife1, husband2 } = await wedding({ onDelete })
      await db.husband.delete(husband1, { hard })
      expect(await fate(db, 'husband', husband1)).toBe(hard ? 'gone' : 'soft-deleted')
      expect(await fate(db, 'wife', wife1)).toBe(outcome)
      expect(await db.husband.findById(husband2, { populate: { wife: true } })).toMatchObject({
        wife: { name: 'Stephanie' },
      })
    },
  )

  test.each([true, false])('restrict tie with wife: husband1 cannot be deleted (hard: %s)', async (hard) => {
    const { db, husband1, wife1 } = await wedding({ onDelete: 'restrict' })
    await expect(db.husband.delete(husband1, { hard })).rejects.toMatchObject({
      code: 'KIN_RESTRICTED',
      details: { blockers: [{ association: 'wife.husband', model: 'wife', count: 1, ids: [wife1] }] },
    })
    expect(await fate(db, 'husband', husband1)).toBe('as before')
  })

  // What becomes of husband1 and of wife1 herself, whose tie to him may strike back.
  test.each([
    ['strong', 'strong', ['gone', 'gone']],
    ['strong', 'soft', ['gone', 'soft-deleted']],
    ['strong', 'weak', ['gone', 'soft-deleted']],
    ['strong', 'dirty', ['gone', 'soft-deleted']],
    ['strong', 'restrict', 'KIN_RESTRICTED'],
    ['soft', 'strong', ['soft-deleted', 'gone']],
    ['soft', 'soft', ['soft-deleted', 'soft-deleted']],
    ['soft', 'weak', ['soft-deleted', 'soft-deleted']],
    ['soft', 'dirty', ['soft-deleted', 'soft-deleted']],
    ['soft', 'restrict', ['soft-deleted', 'soft-deleted']],
    [undefined, 'strong', ['as before', 'soft-deleted']],
    [undefined, 'soft', ['as before', 'soft-deleted']],
    [undefined, 'weak', ['as before', 'soft-deleted']],
    [undefined, 'dirty', ['as before', 'soft-deleted']],
    [undefined, 'restrict', ['as before', 'soft-deleted']],
  ] as const)(
    '%s tie with husband, %s with wife: deleting wife1 softly: %s',
    async (onHolderDelete, onDelete, outcome) => {
      const { db, husband1, wife1, husband2 } = await wedding({
        onDelete,
        ...(onHolderDelete && { onHolderDelete }),
      })
      const error = await errorOf(db.wife.delete(wife1))
      const fates = [await fate(db, 'husband', husband1), await fate(db, 'wife', wife1)]
      expect(error ?? fates).toEqual(outcome)
      expect(error === null || fates.join()).toBe(error === null || 'as before,as before')
      expect(await fate(db, 'husband', husband2)).toBe('as before')
    },
  )

  test.each([
    ['strong', 'gone'],
    ['soft', 'soft-deleted'],
    [undefined, 'as before'],
  ] as const)(
    '%s tie with husband: deleting wife1 for good leaves husband1 %s',
    async (onHolderDelete, outcome) => {
      for (const onDelete of ['strong', 'soft', 'weak', 'dirty', 'restrict']) {
        const { db, husband1, wife1 } = await wedding({ onDelete, ...(onHolderDelete && { onHolderDelete }) })
        await db.wife.delete(wife1, { hard: true })
        expect([await fate(db, 'husband', husband1), await fate(db, 'wife', wife1)]).toEqual([
          outcome,
          'gone',
        ])
      }
    },
  )

  test('R8: a soft-deleted wife leaves her husband free for another one', async () => {
    const { db, husband1, wife1 } = await wedding({ onDelete: 'soft' })
    await expect(db.wife.create({ name: 'Anne', husband: husband1 })).rejects.toMatchObject({
      code: 'KIN_ONE_TAKEN',
    })
    await db.wife.delete(wife1)
    const anne = await db.wife.create({ name: 'Anne', husband: husband1 })
    await expect(db.wife.restore(wife1)).rejects.toMatchObject({ code: 'KIN_RESTORE_REFUSED' })
    await db.wife.delete(anne.id, { hard: true })
    await db.wife.restore(wife1)
    expect(await db.husband.findById(husband1, { populate: { wife: true } })).toMatchObject({
      wife: { name: 'Lilly' },
    })
  })
})

describe('one-many and many-many counterparts', () => {
  test.each([
    ['strong', { post: 'gone' }],
    ['soft', { post: 'soft-deleted' }],
    ['weak', { post: 'unset' }],
    ['dirty', { post: 'as before' }],
  ] as const)(
    'author and post, %s: deleting the author applies the tie to the posts, deleting a post does nothing',
    async (onDelete, outcome) => {
      const db = await openLoose(
        defineGraph({
          author: k.model({ name: k.string() }, soft),
          post: k.model(
            { title: k.string(), author: k.one('author', { inverse: 'posts', onDelete }).optional() },
            soft,
          ),
        }),
      )
      const author = await db.author.create({
        name: 'A',
        posts: [{ title: 'one' }, { title: 'two' }, { title: 'three' }],
      })
      const [one, ...others] = await db.post.find()
      const before = await db.author.findById(author.id)
      await db.post.delete(one.id)
      expect(await db.author.findById(author.id)).toEqual(before)
      await db.author.delete(author.id)
      for (const { id } of others) {
        const post = await db.post.findById(id, { deleted: 'include' })
        const state =
          post === null
            ? 'gone'
            : post.deletedAt
              ? 'soft-deleted'
              : post.author === null
                ? 'unset'
                : 'as before'
        expect(state).toBe(outcome.post)
      }
    },
  )

  test.each(['join', 'array'])(
    "student and course (%s): deleting a course takes it out of its students' courses, deleting a student does nothing to a course",
    async (layout) => {
      const db = await openLoose(
        defineGraph({
          student: k.model(
            { name: k.string(), courses: k.many('course', { inverse: 'students', layout }) },
            soft,
          ),
          course: k.model({ title: k.string() }, soft),
        }),
      )
      const courses = await db.course.createMany([{ title: 'Logic' }, { title: 'Art' }])
      const [logic, art] = courses.map(({ id }: Loose) => id)
      const [ann, bob] = (
        await db.student.createMany([
          { name: 'Ann', courses },
          { name: 'Bob', courses: [logic] },
        ])
      ).map(({ id }: Loose) => id)
      const titles = async (id: string) =>
        (await db.student.at(id).courses.list()).map(({ title }: Loose) => title)
      // Softly: hidden, and there again when it is restored.
      await db.course.delete(logic)
      expect([await titles(ann), await titles(bob)]).toEqual([['Art'], []])
      await db.course.restore(logic)
      expect([await titles(ann), await titles(bob)]).toEqual([['Logic', 'Art'], ['Logic']])
      // For good: taken out.
      expect(await db.course.delete(logic, { hard: true })).toMatchObject({
        unlinked: 2,
        deleted: { course: 1 },
      })
      expect([await titles(ann), await titles(bob)]).toEqual([['Art'], []])
      const before = await db.course.find()
      await db.student.delete(ann)
      await db.student.delete(bob, { hard: true })
      expect(await db.course.find()).toEqual(before)
      await db.student.restore(ann)
      expect(await db.course.at(art).students.list()).toMatchObject([{ name: 'Ann' }])
    },
  )
})

describe('symmetric', () => {
  const friends = (onDelete: string) =>
    defineGraph({
      person: k.model({ name: k.string(), friends: k.many('person', { symmetric: true, onDelete }) }, soft),
    })

  test.each([
    ['weak', 'softly', { unlinked: 0, left: 1 }],
    ['weak', 'for good', { unlinked: 1, left: 0 }],
    ['dirty', 'softly', { unlinked: 0, left: 1 }],
    // R16: the pair is an entry of both, and one's own entries always go.
    ['dirty', 'for good', { unlinked: 1, left: 0 }],
  ] as const)('%s, deleted %s, from either side', async (tie, mode, { unlinked, left }) => {
    for (const gone of [0, 1]) {
      const db = await openLoose(friends(tie))
      const people = await db.person.createMany([{ name: 'A' }, { name: 'B' }])
      await db.person.at(people[0].id).friends.add(people[1].id)
      const report = await db.person.delete(people[gone].id, { hard: mode === 'for good' })
      expect(report).toMatchObject({ unlinked, dangling: 0 })
      const other = db.person.at(people[1 - gone].id).friends
      expect(await other.count()).toBe(0)
      expect(await other.count({ deleted: 'include' })).toBe(left)
    }
  })

  test('restrict, from either side, and not where both go', async () => {
    const db = await openLoose(friends('restrict'))
    const [a, b] = await db.person.createMany([{ name: 'A' }, { name: 'B' }])
    await db.person.at(a.id).friends.add(b.id)
    await expect(db.person.delete(a.id)).rejects.toMatchObject({ code: 'KIN_RESTRICTED' })
    await expect(db.person.delete(b.id)).rejects.toMatchObject({ code: 'KIN_RESTRICTED' })
    expect(await db.person.deleteMany({ ids: [a.id, b.id], hard: true })).toMatchObject({
      deleted: { person: 2 },
    })
  })
})
