import { beforeAll, describe, expect, test } from 'vitest'
import { always } from '../../../src/store/filter.js'
import type { ReadRequest, Session } from '../../../src/store/read.js'
import { compileRead } from '../../../src/stores/mongodb/read/index.js'
import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { byId, child, compare, fixed, node, order, record, related } from '../common/build.js'
import { makeData } from '../common/data.js'
import { differenceIn } from '../common/difference.js'
import type { Row } from '../common/naive.js'
import { end, field, shapes } from '../common/shapes.js'
import { openWorld } from './worlds.js'

const features = { lookup: true, windows: true, sortArray: true }
const request = (more: Partial<ReadRequest> & Pick<ReadRequest, 'node'>): ReadRequest => ({
  by: null,
  link: [],
  carry: [],
  counting: false,
  ...more,
})
const slot = (at: number) => ({ slot: at })

describeOn(mongodbServer(), 'on MongoDB', () => {
  const data = makeData(5)
  let world: Awaited<ReturnType<typeof openWorld>>
  beforeAll(async () => {
    world = await openWorld(shapes, 5, data)
  })
  const run = async (wanted: ReadRequest, values: readonly unknown[] = [], keys: readonly unknown[] = []) =>
    world.compile(wanted).run(world.session, values, keys)

  test('members come in the order: fields, ends, $count, $link', async () => {
    const target = node('group', {
      fields: [field('group', 'name'), field('group', 'id')],
      counts: [{ name: 'members', edge: end('group', 'members'), scope: always, where: always }],
      children: [child('group', 'members', 'aggregate')],
    })
    const edge = end('user', 'groups')
    const keys = (data.get('user') ?? []).map((row) => row['id'])
    const { rows } = await run(
      request({ node: target, by: edge, link: [...edge.payload.values()] }),
      [],
      keys,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(Object.keys(rows[0] ?? {})).toEqual(['name', 'id', 'members', '$count', '$link'])
    expect(Object.keys(rows[0]?.['$link'] ?? {})).toEqual(['joinedAt', 'role'])
  })

  test('keys are carried, of the row and of joined records, raw entries of lists among them', async () => {
    const carry = [
      { at: [], fields: [field('post', 'author')] },
      { at: ['author'], fields: [field('user', 'id'), field('user', 'mentor')] },
      { at: [], fields: [field('post', 'hashtags')] },
    ]
    const root = node('post', {
      fields: [],
      scope: always,
      order: [byId('post')],
      children: [child('post', 'author', 'join', { fields: [], scope: always })],
    })
    const { rows, carried, keys } = await run(request({ node: root, carry }))
    const posts = data.get('post') ?? []
    const users = new Map((data.get('user') ?? []).map((user) => [user['id'], user]))
    expect(keys).toBeNull()
    expect(rows).toHaveLength(posts.length)
    expect(carried[0]).toEqual(posts.map((post) => post['author']))
    const of = (post: Row, name: string) => users.get(post['author'])?.[name] ?? null
    expect(carried[1]).toEqual(posts.map((post) => [of(post, 'id'), of(post, 'mentor')]))
    expect(carried[2]).toEqual(posts.map((post) => post['hashtags'] ?? []))
  })

  test('counting gives one row, whatever is asked for besides', async () => {
    const posts = node('post', {
      scope: always,
      order: [byId('post')],
      children: [child('post', 'author', 'join')],
    })
    const counted = async (wanted: ReadRequest, values?: unknown[], keys?: unknown[]) =>
      (await run({ ...wanted, counting: true }, values, keys)).rows
    expect(await counted(request({ node: posts }))).toEqual([{ count: 9 }])
    const limited = { ...posts, limit: slot(0), offset: slot(1) }
    expect(await counted(request({ node: limited }), [5, 7])).toEqual([{ count: 2 }])
    expect(await counted(request({ node: limited }), [0, 0])).toEqual([{ count: 0 }])
    expect(
      await counted(request({ node: { ...posts, where: compare(record('post', 'id'), 'gt', fixed(99)) } })),
    ).toEqual([{ count: 0 }])
    const authored = (data.get('post') ?? []).filter(({ author }) => author === 'a' || author === 'c').length
    const byAuthor = request({ node: posts, by: end('user', 'posts') })
    expect(await counted(byAuthor, [], ['a', 'c'])).toEqual([{ count: authored }])
    expect(await counted(byAuthor, [], [])).toEqual([{ count: 0 }])
  })

  test('no keys and a limit of none ask nothing', async () => {
    world.statements.length = 0
    const none = { rows: [], keys: [], carried: [] }
    for (const name of ['posts', 'friends', 'teams'])
      expect(await run(request({ node: node(end('user', name).to.name), by: end('user', name) }))).toEqual(
        none,
      )
    expect((await run(request({ node: node('user', { limit: slot(0) }) }), [0])).rows).toEqual([])
    expect(world.statements).toEqual([])
  })

  test('R9: pages of each parent are the same without windows', async () => {
    const without = await openWorld(shapes, 5, data, { windows: false })
    const difference = differenceIn(() => [without])
    for (const [of, name] of [
      ['user', 'posts'],
      ['user', 'friends'],
      ['user', 'teams'],
      ['post', 'hashtags'],
      ['post', 'reviewers'],
    ] as const) {
      const last = [order(record(end(of, name).to.name, 'id'), 'desc')]
      for (const terms of [[], last]) {
        const window = { limit: slot(0), offset: slot(1), order: terms }
        const root = node(of, { order: [byId(of)], children: [child(of, name, 'batch', window)] })
        expect(await difference(root, [2, 1])).toBeNull()
      }
    }
    expect(without.statements.some((statement) => statement.includes('$slice'))).toBe(true)
  })

  test('what more than a thousand records beyond a relation decide is asked record by record', async () => {
    const many = Array.from({ length: 1_050 }, (_, at): Row => ({ id: `u${at}`, name: 'same', tags: [] }))
    const posts = Array.from({ length: 6 }, (_, at): Row => ({
      id: at + 1,
      author: at % 2 === 0 ? `u${at * 200}` : null,
      hashtags: [],
    }))
    const large = await openWorld(
      shapes,
      6,
      new Map([
        ['user', many],
        ['post', posts],
      ]),
    )
    const same = compare(record('user', 'name'), 'eq', fixed('same'))
    const found = async (negated: boolean) => {
      const where = related(end('post', 'author'), same, negated)
      const read = large.compile(request({ node: node('post', { where, order: [byId('post')] }) }))
      return (await read.run(large.session, [], [])).rows.map(({ id }) => id)
    }
    expect(await found(false)).toEqual([1, 3, 5])
    expect(await found(true)).toEqual([2, 4, 6])
  })
})

describe('large sets of keys', () => {
  /** Answers every command with a document for each key it is given. */
  const echo = () => {
    const sizes: number[] = []
    const answer = (filter: Readonly<Record<string, { readonly $in: readonly unknown[] }>>) => {
      const [name = '', { $in } = { $in: [] }] = Object.entries(filter)[0] ?? []
      sizes.push($in.length)
      return Promise.resolve($in.map((key) => ({ _id: key, [name]: key })))
    }
    const session = {
      inTransaction: false,
      native: null,
      find: (_: unknown, filter: Parameters<typeof answer>[0]) => answer(filter),
    }
    return { session: session as Session, sizes }
  }

  test('R36: are asked for in parts, below the size of a command, and the answers put together', async () => {
    const { session, sizes } = echo()
    const posts = node('post', { fields: [field('post', 'id')], scope: always })
    const read = compileRead(request({ node: posts, by: end('user', 'posts') }), features)
    const keys = Array.from({ length: 25_000 }, (_, at) => `u${at}`)
    const { rows, keys: found } = await read.run(session, [], keys)
    expect(sizes).toEqual([10_000, 10_000, 5_000])
    expect(rows).toHaveLength(25_000)
    expect(found).toEqual(keys)
  })
})
