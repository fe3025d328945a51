/** R18: pairs that are written down at both ends. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { Db } from '../../types/db.js'
import type { ConformanceCase } from './conformance-case.js'
import { refused } from './refused.js'

const layout = 'mirror'

const school = defineGraph({
  teacher: k.model({ name: k.string().unique() }),
  course: k.model({ name: k.string(), teacher: k.one('teacher', { inverse: 'courses', layout }).optional() }),
  pupil: k.model({
    name: k.string(),
    courses: k.many('course', {
      inverse: 'pupils',
      layout,
      payload: { mark: k.integer().optional() },
    }),
  }),
})

type School = Db<typeof school>

async function fill(db: School) {
  const [maths, music] = await db.course.createMany([{ name: 'Maths' }, { name: 'Music' }])
  const [ann, bob] = await db.pupil.createMany([{ name: 'Ann' }, { name: 'Bob' }])
  const [kim, lee] = await db.teacher.createMany([{ name: 'Kim' }, { name: 'Lee' }])
  return { maths: maths!.id, music: music!.id, ann: ann!.id, bob: bob!.id, kim: kim!.id, lee: lee!.id }
}

/** The pairs, as each end shows them. */
async function seenFromBoth(db: School): Promise<readonly [readonly string[], readonly string[]]> {
  const pupils = await db.pupil.find({ populate: { courses: true } })
  const courses = await db.course.find({ populate: { pupils: true, teacher: true } })
  const teachers = await db.teacher.find({ populate: { courses: true } })
  const near = [
    ...pupils.flatMap((one) => one.courses.map((of) => `${one.name} ${of.name} ${of.$link.mark}`)),
    ...courses.flatMap((one) => (one.teacher ? [`${one.name} ${one.teacher.name}`] : [])),
  ]
  const far = [
    ...courses.flatMap((one) => one.pupils.map((of) => `${of.name} ${one.name} ${of.$link.mark}`)),
    ...teachers.flatMap((one) => one.courses.map((of) => `${of.name} ${one.name}`)),
  ]
  return [near.sort(), far.sort()]
}

export const mirrorCases: readonly ConformanceCase[] = [
  {
    rule: 'R18',
    title: 'what is written at one end is kept at both, and a write that fails leaves both as they were',
    layouts: ['mirror'],
    async run({ open }) {
      const db = await open(school)
      const { maths, music, ann, bob, kim, lee } = await fill(db)
      await db.pupil.at(ann).courses.add([maths, music], { mark: 1 })
      await db.course.at(music).pupils.add([ann, bob], { mark: 2 })
      await db.teacher.at(kim).courses.add([maths, music])
      await db.course.update(music, { teacher: lee })
      const pairs = ['Ann Maths 1', 'Ann Music 2', 'Bob Music 2', 'Maths Kim', 'Music Lee']
      assert.deepEqual(await seenFromBoth(db), [pairs, pairs])
      const taken = { name: 'Kim' }
      await refused('KIN_UNIQUE', db.teacher.update(lee, { courses: [], ...taken }))
      const failing = db.transaction(async (tx) => {
        await tx.course.at(maths).pupils.clear()
        await tx.teacher.at(lee).courses.add(maths)
        await tx.teacher.create(taken)
      })
      await refused('KIN_UNIQUE', failing)
      assert.deepEqual(await seenFromBoth(db), [pairs, pairs])
    },
  },
  {
    rule: 'R18',
    title: 'writers at both ends at the same time leave both ends the same',
    layouts: ['mirror'],
    twoStores: true,
    async run({ openTwo }) {
      const [one, two] = await openTwo(school)
      const { maths, music, ann, bob, kim, lee } = await fill(one)
      for (let round = 0; round < 6; round++) {
        await Promise.all([
          one.pupil.at(ann).courses.set(round % 2 ? [maths] : [music, maths]),
          two.course.at(maths).pupils.add([ann, bob], { mark: round }),
          one.teacher.at(round % 2 ? kim : lee).courses.add(music),
          two.course.update(music, { teacher: round % 2 ? lee : kim }),
        ])
        const [near, far] = await seenFromBoth(two)
        assert.deepEqual(near, far)
      }
    },
  },
]
