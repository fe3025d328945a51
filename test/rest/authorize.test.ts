import jwt from '@fastify/jwt'
import { describe, expect, test } from 'vitest'
import type { Action } from '../../src/rest/index.js'
import { blog } from '../fixtures/graphs.js'
import { type Any, type Api, serve } from './support.js'

const asked: string[] = []
const words = ({ kind, model, id, association }: Action) =>
  [kind, model, ...(id === null ? [] : ['one']), ...(association === null ? [] : [association])].join(' ')

async function prepared(refused: string): Promise<{ api: Api<typeof blog>; user: Any; group: Any }> {
  const api = await serve(blog, {
    authorize: (_request, action) => {
      asked.push(words(action))
      return words(action) !== refused
    },
  })
  const user = await api.db.user.create({ name: 'A', email: 'a@x' })
  const group = await api.db.group.create({ name: 'G' })
  return { api, user, group }
}

describe('authorize', () => {
  test.each<[string, (user: string, group: string) => [request: string, body?: unknown], string[]]>([
    ['a list', () => ['GET /user'], ['list user']],
    ['a record', (user) => [`GET /user/${user}`], ['read user one']],
    [
      'embeds',
      (user) => [`GET /user/${user}?$embed=posts.hashtags`],
      ['read user one', 'list post', 'list hashtag'],
    ],
    ['filters', () => ['GET /user?posts[$some][comments][$size]=1'], ['list user', 'list post']],
    ['filters of a reference', () => ['GET /post?author[name]=A'], ['list post', 'list user']],
    ['ids of a reference', () => [`GET /post?author=${'0'.repeat(24)}`], ['list post']],
    ['orders', () => ['GET /post?$sort=author.name'], ['list post', 'list user']],
    ['counts', () => ['GET /user?$count=posts,groups'], ['list user', 'list post', 'list group']],
    [
      'nested data',
      () => ['POST /user', { name: 'B', email: 'b', posts: [{ title: 'T' }] }],
      ['create user', 'link post', 'create post'],
    ],
    [
      'references in data',
      (user) => ['POST /post', { title: 'T', author: user }],
      ['create post', 'link user'],
    ],
    ['updates', (user) => [`PATCH /user/${user}`, { age: 1 }], ['update user one']],
    ['deletes', (user) => [`DELETE /user/${user}`], ['delete user one']],
    ['plans', (user) => [`GET /user/${user}/delete-plan`], ['delete user one']],
    ['the list of an end', (user) => [`GET /user/${user}/groups`], ['read user one groups', 'list group']],
    [
      'adding',
      (user, group) => [`PUT /user/${user}/groups/${group}`],
      ['link user one groups', 'link group'],
    ],
    [
      'removing',
      (user, group) => [`DELETE /user/${user}/groups/${group}`],
      ['unlink user one groups', 'unlink group'],
    ],
    [
      'replacing',
      (user) => [`PUT /user/${user}/groups`, []],
      ['link user one groups', 'link group', 'unlink group'],
    ],
  ])('is asked for %s, and each of its answers counts', async (_, request, expected) => {
    const { api, user, group } = await prepared('')
    asked.length = 0
    const allowed = await api.send(...request(user.id, group.id))
    expect(allowed.status).toBeLessThan(300)
    expect(asked).toEqual(expected)
    for (const refused of expected) {
      const other = await prepared(refused)
      const before = JSON.stringify(
        await other.api.db.user.find({ deleted: 'include', populate: { groups: true } }),
      )
      const { problem } = await other.api.send(...request(other.user.id, other.group.id))
      expect(problem).toMatchObject({ status: 403, code: 'KIN_FORBIDDEN' })
      const after = await other.api.db.user.find({ deleted: 'include', populate: { groups: true } })
      expect(JSON.stringify(after)).toBe(before)
    }
  })

  test('comes before anything is looked at', async () => {
    const { send } = await serve(blog, { authorize: () => false })
    const answers = [
      await send('GET /user?wrong=1'),
      await send('PATCH /user/x', {}),
      await send('GET /user/x'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
    expect((await send('GET /health')).status).toBe(200)
  })

  test('narrows by every scope that it answers with', async () => {
    const { send, db } = await serve(blog, {
      authorize: (_request, { model }) => (model === 'user' ? { user: { name: 'A' } } : { user: { age: 1 } }),
    })
    await db.user.createMany([
      { name: 'A', email: 'a', age: 1 },
      { name: 'A', email: 'b', age: 2 },
      { name: 'B', email: 'c', age: 1 },
    ])
    expect((await send('GET /user')).body.items.total).toBe(2)
    expect((await send('GET /user?$embed=posts')).body.docs.map((doc: Any) => doc.email)).toEqual(['a'])
  })

  test('may throw what hooks throw', async () => {
    const { send } = await serve(blog, {
      authorize: () => {
        throw Object.assign(new Error('Who are you?'), { statusCode: 401 })
      },
    })
    expect((await send('GET /user')).problem).toMatchObject({
      status: 401,
      code: 'KIN_UNAUTHENTICATED',
      detail: 'Who are you?',
    })
  })

  test('goes with @fastify/jwt', async () => {
    const { app, send, db } = await serve(blog, {
      prepare: (host) => void host.register(jwt, { secret: 'only a test' }),
      authorize: async (request, { kind }) => {
        const { id, admin } = await request.jwtVerify<{ id: string; admin?: boolean }>()
        return admin === true || (kind === 'delete' ? false : { user: { id } })
      },
    })
    const [a, b] = await db.user.createMany([
      { name: 'A', email: 'a' },
      { name: 'B', email: 'b' },
    ])
    const as = (payload: object) => ({ authorization: `Bearer ${app.jwt.sign(payload)}` })
    const at = `/user/${b?.id}`
    const answers = [
      await send(`GET ${at}`),
      await send(`GET ${at}`, undefined, { authorization: 'Bearer x.y.z' }),
      await send(`GET ${at}`, undefined, as({ id: a?.id })),
      await send(`GET ${at}`, undefined, as({ id: b?.id })),
      await send(`DELETE ${at}`, undefined, as({ id: b?.id })),
      await send(`DELETE ${at}`, undefined, as({ admin: true })),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 404, 200, 403, 200])
    expect(answers[0]?.problem.code).toBe('KIN_UNAUTHENTICATED')
  })
})
