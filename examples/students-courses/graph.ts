import { defineGraph, k } from 'kinship'

/**
 * Many-many. The layout says where enrolments are written: rows of a join table, or a list of ids on each student.
 * Nothing else depends on it.
 */
export const graphIn = (layout: 'join' | 'array') =>
  defineGraph({
    student: k.model({
      name: k.string(),
      courses: k.many('course', { inverse: 'students', layout }),
    }),
    course: k.model({ title: k.string() }),
  })

export const graph = graphIn('join')
