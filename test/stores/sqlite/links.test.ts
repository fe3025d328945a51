import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { unrestricted, visible } from '../../../src/plan/visibility.js'
import { openTestStore } from '../../helpers/sqlite.js'
import { create, fieldOf, modelOf, readAll, type Values } from '../common/raw.js'

const graph = defineGraph({
  user: k.model({ id: k.id.integer(), name: k.string() }, { softDelete: true }),
  group: k.model({
    id: k.id.string(),
    members: k.many('user', { inverse: 'groups', payload: { since: k.date().optional() } }),
  }),
})
const user = modelOf(graph, 'user')
const join = modelOf(graph, 'group.members')
const fields = ['group', 'user', 'since'].map((name) => fieldOf(join, [name]))

async function open(users: readonly Values[]) {
  const store = await openTestStore(graph)
  await create(store, modelOf(graph, 'group'), { id: 'g' })
  await create(store, user, ...users)
  const where = visible(unrestricted, user, 'exclude')
  const compiled = store.compileLink?.({
    model: join,
    fields,
    target: fieldOf(join, ['user']),
    among: { model: user, where },
  })
  const link = (...rows: unknown[][]) =>
    store.transaction({}, async (session) => (await compiled?.run(session, rows)) ?? null)
  return { link, pairs: () => readAll(store, join) }
}

const since = new Date('2024-05-01T12:00:00Z')

describe('links', () => {
  test('R15: a pair is inserted where it is missing and its record is live; the count tells', async () => {
    const deleted = new Date(0)
    const { link, pairs } = await open([{ name: 'a' }, { name: 'b' }, { name: 'c', deletedAt: deleted }])
    expect(await link(['g', 1, since])).toBe(1)
    expect(await link(['g', 1, null], ['g', 2, since], ['g', 3, since], ['g', 4, since])).toBe(1)
    expect(await pairs()).toEqual([
      { group: 'g', user: 1, since },
      { group: 'g', user: 2, since },
    ])
  })

  test.each([1, 10, 11, 35])('%i pairs are counted over all statements', async (count) => {
    const { link, pairs } = await open(Array.from({ length: count }, () => ({ name: 'x' })))
    const rows = Array.from({ length: count }, (_, at) => ['g', at + 1, null])
    expect(await link(...rows)).toBe(count)
    expect(await link(...rows)).toBe(0)
    expect(await pairs()).toHaveLength(count)
  })
})
