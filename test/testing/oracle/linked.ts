import type { LinkReport, Oracle } from '../../../src/testing/oracle/index.js'
import { idsOf, named, oracleOf } from './fixture.js'

export const none = { added: [], updated: [], removed: [], unchanged: [] }
export function report(part: Partial<LinkReport>): LinkReport {
  return { ...none, ...part }
}

export function world(): Oracle {
  const oracle = oracleOf({
    user: named(
      { spouse: { kind: 'one', target: 'user', inverse: 'spouseOf', unique: true, optional: true } },
      { softDelete: true },
    ),
    profile: named(
      { user: { kind: 'one', target: 'user', inverse: 'profile', unique: true, optional: true } },
      { softDelete: true },
    ),
    passport: named({ user: { kind: 'one', target: 'user', inverse: 'passport', unique: true } }),
    post: named(
      {
        author: { kind: 'one', target: 'user', inverse: 'posts', optional: true },
        tags: { kind: 'many', target: 'tag' },
      },
      { softDelete: true },
    ),
    letter: named({ from: { kind: 'one', target: 'user', inverse: 'letters' } }),
    note: named({ about: { kind: 'one', target: 'user', optional: true, onDelete: 'dirty' } }),
    tag: named({}, { softDelete: true }),
    group: named({
      members: {
        kind: 'many',
        target: 'user',
        inverse: 'groups',
        payload: { role: { kind: 'string', default: 'guest' }, note: { kind: 'string', optional: true } },
      },
      queue: { kind: 'many', target: 'user', inverse: 'queues', ordered: true },
    }),
    person: named({
      friends: {
        kind: 'many',
        target: 'person',
        symmetric: true,
        payload: { since: { kind: 'integer', optional: true } },
      },
      follows: { kind: 'many', target: 'person', inverse: 'followers' },
    }),
  })
  oracle.model('user').createMany([{ id: 'u1' }, { id: 'u2' }, { id: 'u3' }, { id: 'u4' }])
  oracle.model('tag').createMany([{ id: 't1' }, { id: 't2' }, { id: 't3' }, { id: 't4' }])
  oracle
    .model('post')
    .createMany([
      { id: 'p1', author: 'u1' },
      { id: 'p2', author: 'u1' },
      { id: 'p3', author: 'u2' },
      { id: 'p4' },
    ])
  oracle.model('group').createMany([{ id: 'g1', members: ['u1', 'u2'], queue: ['u2', 'u1'] }, { id: 'g2' }])
  oracle.model('person').createMany([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
  return oracle
}

export const listOf = (oracle: Oracle, model: string, id: string, end: string): unknown[] =>
  idsOf(oracle.model(model).at(id).many(end).list())
export const payloadsOf = (oracle: Oracle, model: string, id: string, end: string): unknown[] =>
  oracle
    .model(model)
    .at(id)
    .many(end)
    .list()
    .map((entry) => [entry['id'], entry['$link']])
