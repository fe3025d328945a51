import { describe, expect, test } from 'vitest'
import { always } from '../../../src/store/filter.js'
import type { ReadRequest } from '../../../src/store/read.js'
import { compileRead } from '../../../src/stores/sql/read/compile-read.js'
import { generateHydrate } from '../../../src/stores/sql/read/hydrate.js'
import type { Shape } from '../../../src/stores/sql/read/shape.js'
import { byId, child, compare, live, node, record } from '../common/build.js'
import { makeData } from '../common/data.js'
import { openDatabase } from './database.js'
import type { Data, Row } from '../common/naive.js'
import { end, field, shapes } from '../common/shapes.js'

const column = (at: number): Shape => ({ is: 'value', column: at, decode: null })
const request = (more: Partial<ReadRequest> & Pick<ReadRequest, 'node'>): ReadRequest => ({
  by: null,
  link: [],
  carry: [],
  counting: false,
  ...more,
})

describe('generated hydration', () => {
  test('names are quoted, whatever they are', () => {
    const names = ['__proto__', 'constructor', `a"b'c\`\${x}`, '\u2028', 'new\nline', '*/']
    const hydrate = generateHydrate({
      record: { is: 'object', members: names.map((name, at) => [name, column(at)]), present: null },
      key: null,
      carried: [],
    })
    const [row] = hydrate([names.map((_, at) => at)]).rows
    expect(Object.keys(row ?? {})).toEqual(names)
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
    expect(Object.getOwnPropertyDescriptor(row, '__proto__')?.value).toBe(0)
  })

  test('lists of parsed and unparsed rows, absent records, keys of parts, carried lists', () => {
    const entry: Shape = {
      is: 'object',
      members: [
        ['x', column(0)],
        [
          'inner',
          { is: 'list', column: 1, text: false, entry: { is: 'value', column: null, decode: String } },
        ],
      ],
      present: null,
    }
    const hydrate = generateHydrate({
      record: {
        is: 'object',
        members: [
          ['list', { is: 'list', column: 0, text: true, entry }],
          ['one', { is: 'object', members: [['id', column(1)]], present: 1 }],
          ['later', { is: 'empty', many: true }],
          ['latest', { is: 'empty', many: false }],
        ],
        present: null,
      },
      key: { is: 'parts', parts: [column(1), column(2)] },
      carried: [{ is: 'value', column: 2, decode: (raw) => `<${String(raw)}>` }],
    })
    const rows = [
      ['[[1,[2,3]],[4,null]]', 7, 'a'],
      [null, null, 'b'],
    ]
    expect(hydrate(rows)).toEqual({
      rows: [
        {
          list: [
            { x: 1, inner: ['2', '3'] },
            { x: 4, inner: [] },
          ],
          one: { id: 7 },
          later: [],
          latest: null,
        },
        { list: [], one: null, later: [], latest: null },
      ],
      keys: [
        [7, 'a'],
        [null, 'b'],
      ],
      carried: [['<a>', '<b>']],
    })
  })

  test('empty lists are not shared between records', () => {
    const hydrate = generateHydrate({
      record: { is: 'object', members: [['list', { is: 'empty', many: true }]], present: null },
      key: null,
      carried: [],
    })
    const { rows } = hydrate([[], []])
    expect(rows[0]?.['list']).not.toBe(rows[1]?.['list'])
  })
})

describe('what a read gives', () => {
  const data = makeData(5)
  const { dialect, session } = openDatabase(shapes, data)
  const run = async (wanted: ReadRequest, values: readonly unknown[] = [], keys: readonly unknown[] = []) =>
    compileRead(dialect, wanted).run(session, values, keys)

  test('members in the order: fields, ends, $count, $link', async () => {
    const target = node('group', {
      fields: [field('group', 'name'), field('group', 'id')],
      counts: [{ name: 'members', edge: end('group', 'members'), scope: live('user'), where: always }],
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

  test('carried keys, of the row and of joined records, raw list entries among them', async () => {
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
    expect(carried[1]).toEqual(
      posts.map((post) => [
        users.get(post['author'])?.['id'] ?? null,
        users.get(post['author'])?.['mentor'] ?? null,
      ]),
    )
    expect(carried[2]).toEqual(posts.map((post) => post['hashtags'] ?? []))
  })

  test('entries of a list with a payload are carried whole', async () => {
    const { carried } = await run(
      request({
        node: node('team', { order: [byId('team')] }),
        carry: [{ at: [], fields: [field('team', 'players')] }],
      }),
    )
    expect(carried[0]).toEqual((data.get('team') ?? []).map((team) => team['players']))
  })

  test('counting gives one row, whatever is asked for besides', async () => {
    const posts = node('post', {
      scope: always,
      order: [byId('post')],
      children: [child('post', 'author', 'join')],
    })
    expect(await run(request({ node: posts, counting: true }))).toEqual({
      rows: [{ count: 9 }],
      keys: null,
      carried: [],
    })
    const limited = { ...posts, limit: { slot: 0 }, offset: { slot: 1 } }
    expect((await run(request({ node: limited, counting: true }), [5, 7])).rows).toEqual([{ count: 2 }])
    const authored = (data.get('post') ?? []).filter(
      (post) => post['author'] === 'a' || post['author'] === 'c',
    ).length
    const byAuthor = request({ node: posts, by: end('user', 'posts'), counting: true })
    expect((await run(byAuthor, [], ['a', 'c'])).rows).toEqual([{ count: authored }])
    expect((await run(byAuthor, [], [])).rows).toEqual([{ count: 0 }])
  })

  test('no keys, no rows', async () => {
    for (const [of, name] of [
      ['user', 'posts'],
      ['user', 'friends'],
      ['post', 'hashtags'],
      ['team', 'players'],
    ] as const) {
      const edge = end(of, name)
      for (const limit of [null, { fixed: 2 }]) {
        expect(await run(request({ node: node(edge.to.name, { limit }), by: edge }))).toEqual({
          rows: [],
          keys: [],
          carried: [],
        })
      }
    }
  })

  test('a session that answers with promises gives the same', async () => {
    const later = {
      ...session,
      arrays: async (...call: Parameters<typeof session.arrays>) => session.arrays(...call),
      value: async (...call: Parameters<typeof session.value>) => session.value(...call),
    }
    for (const wanted of [
      request({ node: node('user', { order: [byId('user')] }) }),
      request({ node: node('user'), counting: true }),
    ]) {
      const compiled = compileRead(dialect, wanted)
      const now = compiled.run(session, [], [])
      expect(now).not.toBeInstanceOf(Promise)
      expect(await compiled.run(later, [], [])).toEqual(now)
    }
  })
})

describe('rows that turn out to be wide', () => {
  const wide = (length: number, rows = 40): Data => {
    const base = makeData(6)
    const post = Array.from({ length: rows }, (_, at): Row => ({
      id: at + 1,
      title: 'x'.repeat(length),
      stars: at,
      author: 'a',
      hashtags: [],
      deletedAt: null,
      deletedBy: null,
    }))
    return new Map([...base, ['post', post]])
  }

  test('go over to plain rows after the first read, with the same result', async () => {
    const { dialect, session, statements } = openDatabase(shapes, wide(2000))
    const fields = [field('post', 'id'), field('post', 'title')]
    const compiled = compileRead(
      dialect,
      request({ node: node('post', { fields }), by: end('user', 'posts') }),
    )
    const first = await compiled.run(session, [], ['a'])
    expect(statements.at(-1)).toContain('json_group_array')
    const second = await compiled.run(session, [], ['a'])
    expect(statements.at(-1)).not.toContain('json_group_array')
    expect(compiled.statement).toBe(statements.at(-1))
    expect(second).toEqual(first)
    expect(first.rows).toHaveLength(40)
  })

  test('a few go over where they are very wide', async () => {
    const { dialect, session, statements } = openDatabase(shapes, wide(20_000, 2))
    const fields = [field('post', 'id'), field('post', 'title')]
    const compiled = compileRead(
      dialect,
      request({ node: node('post', { fields }), by: end('user', 'posts') }),
    )
    const first = await compiled.run(session, [], ['a'])
    const second = await compiled.run(session, [], ['a'])
    expect(statements.at(-1)).not.toContain('json_group_array')
    expect(second).toEqual(first)
    expect(first.rows).toHaveLength(2)
  })

  test('narrow ones stay together', async () => {
    const { dialect, session, statements } = openDatabase(shapes, wide(20))
    const fields = [field('post', 'id'), field('post', 'title')]
    const compiled = compileRead(
      dialect,
      request({ node: node('post', { fields }), by: end('user', 'posts') }),
    )
    await compiled.run(session, [], ['a'])
    await compiled.run(session, [], ['a'])
    expect(statements.at(-1)).toContain('json_group_array')
  })
})

test('a list of thousands of values is one parameter', async () => {
  const { dialect, session } = openDatabase(shapes, makeData(7))
  const ids = Array.from({ length: 40_000 }, (_, at) => `id${at}`)
  const where = compare(record('user', 'id'), 'in', { slot: 0 })
  const compiled = compileRead(dialect, request({ node: node('user', { where, scope: always }) }))
  expect((await compiled.run(session, [[...ids, 'a', 'B']], [])).rows).toHaveLength(2)
})
