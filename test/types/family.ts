/** Associations of a model with itself, declared join models, integer and uuid ids. */
import { type Db, defineGraph, k } from 'kinship'

export const husband = k.model({ id: k.id.integer(), name: k.string() }, { softDelete: true })

export const wife = k.model(
  {
    id: k.id.uuid(),
    name: k.string(),
    husband: k.one('husband', { inverse: 'wife', onDelete: 'soft', onHolderDelete: 'strong' }).unique(),
  },
  { softDelete: true },
)

export const person = k.model({
  name: k.string(),
  parent: k.one('person', { inverse: 'children' }).optional(),
  friends: k.many('person', { symmetric: true, payload: { since: k.date() } }),
  follows: k.many('person', { inverse: 'followers' }),
})

export const student = k.model({
  name: k.string(),
  courses: k.many('course', { inverse: 'students', through: 'enrolment' }),
  rivals: k.many('student', {
    inverse: 'rivalOf',
    through: 'rivalry',
    columns: { holder: 'challenger', target: 'challenged' },
  }),
})

export const course = k.model({ id: k.id.integer(), title: k.string() })

export const enrolment = k.model(
  {
    student: k.one('student'),
    course: k.one('course'),
    grade: k.integer().optional(),
    tutor: k.one('person').optional(),
  },
  { timestamps: true },
)

export const rivalry = k.model({
  challenger: k.one('student'),
  challenged: k.one('student'),
  score: k.integer(),
})

export const graph = defineGraph({ husband, wife, person, student, course, enrolment, rivalry })
export type Family = typeof graph

export declare const db: Db<Family>
