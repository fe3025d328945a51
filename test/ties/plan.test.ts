import { expect, test } from 'vitest'
import { formatPlan, type PrintablePlan } from '../../src/ties/format-plan.js'
import { type Line, PlanHash } from '../../src/ties/plan-hash.js'

function planHash(lines: readonly Line[]): string {
  const hash = new PlanHash()
  for (const line of lines) hash.add(line)
  return hash.text
}

test('R27: the hash covers every line, whatever their order', () => {
  const lines = [
    ['deleted', 'user', 'a'],
    ['softDeleted', 'post', 'b'],
  ]
  expect(planHash(lines)).toBe(planHash(lines.toReversed()))
  expect(planHash(lines)).not.toBe(planHash(lines.slice(1)))
  expect(planHash([['deleted', 'user', '1']])).not.toBe(planHash([['deleted', 'user', 1]]))
  expect(planHash([['a', 'b,c']])).not.toBe(planHash([['a,b', 'c']]))
})

type Reached = ReturnType<PrintablePlan['records']> extends Iterable<infer R> ? R : never

const root = (id: number): Reached => ({ model: 'user', id, outcome: 'softDeleted', level: 0, via: null })
const post = (id: number, author: number): Reached => ({
  model: 'post',
  id,
  outcome: 'softDeleted',
  level: 1,
  via: { association: 'post.author', tie: 'soft', model: 'user', id: author },
})
const comment = (id: number, of: number): Reached => ({
  model: 'comment',
  id,
  outcome: 'deleted',
  level: 2,
  via: { association: 'comment.post', tie: 'strong', model: 'post', id: of },
})

const nothing = { unset: [], removed: [], dangling: [], blockers: [] }

test('a plan is printed as a tree of the ways that lead to its records', () => {
  // A record may come before the one that led to it.
  const list = [comment(7, 4), comment(8, 4), comment(9, 5), comment(10, 5), post(4, 1), post(5, 1), root(1)]
  const plan: PrintablePlan = {
    ...nothing,
    model: 'user',
    hard: false,
    irreversible: true,
    unset: [{ association: 'task.doneBy', model: 'task', count: 2 }],
    removed: [{ association: 'group.members', model: 'group', count: 1 }],
    dangling: [{ association: 'log.user', model: 'log', count: 3 }],
    blockers: [{ association: 'order.user', model: 'order', count: 1 }],
    records: () => list,
  }
  expect(formatPlan(plan).split('\n')).toEqual([
    'delete user 1 (soft)',
    '└─ post.author: 2 post, soft-deleted (4, 5)',
    '   └─ comment.post: 4 comment, deleted for good (7, 8, 9 and 1 more)',
    'cannot be undone in full: what is deleted for good stays so',
    'unset: task.doneBy of 2 task',
    'removed: group.members of 1 group',
    'left dangling: log.user of 3 log',
    'refused because of: order.user of 1 order',
  ])
})

test('several roots are one, and branches are told apart', () => {
  const list = [
    root(1),
    root(2),
    post(4, 1),
    { ...comment(9, 4), via: { ...comment(9, 4).via!, model: 'user', id: 2 }, level: 1 },
  ]
  expect(
    formatPlan({ ...nothing, model: 'user', hard: false, irreversible: false, records: () => list }).split(
      '\n',
    ),
  ).toEqual([
    'delete user 1, 2 (soft)',
    '├─ post.author: 1 post, soft-deleted (4)',
    '└─ comment.post: 1 comment, deleted for good (9)',
  ])
})
