import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { kinshipRest } from '../../src/rest/index.js'
import { blog } from '../fixtures/graphs.js'
import { type Any, serve, type ServeOptions } from './support.js'

/** Methods and paths of an API, as its document has them. */
async function routes(graph: Any, options: ServeOptions): Promise<string[]> {
  const api = await serve(graph, { docs: {}, ...options })
  const { paths } = (await api.send('GET /openapi.json')).body
  return Object.entries<Any>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
}

const refusal = async (graph: Any, options: ServeOptions): Promise<Any> => {
  try {
    await serve(graph, options)
    return null
  } catch (error) {
    return error
  }
}

describe('the routes of rest-hapi', () => {
  const user = k.model({
    email: k.string().unique(),
    title: k.one('role', { inverse: 'users' }).optional(),
    dog: k.one('dog', { inverse: 'owner' }).unique().optional(),
    groups: k.many('group', { inverse: 'users' }),
    friends: k.many('user', { symmetric: true, payload: { friendsSince: k.date().optional() } }),
  })
  const graph = defineGraph({
    user,
    role: k.model({ name: k.enum(['Account', 'Admin', 'SuperAdmin']), description: k.string().optional() }),
    group: k.model({ name: k.string() }),
    dog: k.model({ name: k.string() }),
  })
  const models = {
    role: { associations: { users: { path: 'user' } } },
    user: { associations: { groups: { path: 'group' }, friends: { path: 'friend' } } },
    group: { associations: { users: { path: 'user' } } },
  }

  test.each([
    ['role', 'user'],
    ['user', 'group'],
    ['group', 'user'],
    ['user', 'friend'],
  ])('/%s/{ownerId}/%s', async (owner, end) => {
    const known = await routes(graph, { models })
    expect(known).toEqual(
      expect.arrayContaining([
        `GET /${owner}/{ownerId}/${end}`,
        `POST /${owner}/{ownerId}/${end}`,
        `DELETE /${owner}/{ownerId}/${end}`,
        `PUT /${owner}/{ownerId}/${end}/{childId}`,
        `DELETE /${owner}/{ownerId}/${end}/{childId}`,
      ]),
    )
  })

  test('answer', async () => {
    const api = await serve(graph, { models })
    const role = (await api.send('POST /role', { name: 'Admin' })).body
    const users = (await api.send('POST /user', [{ email: 'a' }, { email: 'b' }])).body
    const [a, b] = users.map((one: Any) => one.id)
    await api.send(`POST /role/${role.id}/user`, [a])
    await api.send(`PUT /user/${a}/friend/${b}`, { friendsSince: '2020-01-01' })
    expect((await api.send(`GET /role/${role.id}/user?$embed=friends`)).body.docs).toMatchObject([
      { email: 'a', friends: [{ email: 'b', $link: { friendsSince: '2020-01-01T00:00:00.000Z' } }] },
    ])
  })
})

describe('paths', () => {
  test('begin with a prefix, and take aliases of models and associations', async () => {
    const graph = defineGraph({
      person: k.model(
        { name: k.string(), boss: k.one('person', { inverse: 'staff' }).optional() },
        { alias: 'people' },
      ),
    })
    const models = { person: { associations: { staff: { path: 'team' }, boss: { path: 'chief' } } } }
    const known = await routes(graph, { models, health: '/up' })
    expect(known).toEqual(
      expect.arrayContaining([
        'GET /people',
        'GET /people/{ownerId}/team',
        'GET /people/{ownerId}/chief',
        'GET /up',
      ]),
    )
    const api = await serve(graph, { models, prefix: '/api' })
    const { body } = await api.send('POST /api/people', { name: 'A' })
    expect((await api.send(`GET /api/people/${body.id}/team`)).status).toBe(200)
    const renamed = await serve(graph, { models: { person: { path: 'folk' } } })
    expect((await renamed.send('GET /folk')).status).toBe(200)
    expect((await renamed.send('GET /people')).status).toBe(404)
  })

  test('of several APIs of one application are kept apart', async () => {
    const graph = defineGraph({ person: k.model({ name: k.string() }) })
    const api = await serve(graph, { docs: { title: 'one' }, prefix: '/one' })
    const other = await serve(graph, {
      docs: { title: 'a' },
      prefix: '/a',
      prepare: (host) =>
        void host.register(kinshipRest, { db: api.db, docs: { title: 'b' }, prefix: '/b' } as never),
    })
    await api.send('POST /one/person', { name: 'A' })
    expect((await other.send('GET /b/person')).body.items.total).toBe(1)
    expect((await other.send('GET /a/person')).body.items.total).toBe(0)
    expect(Object.keys((await other.send('GET /b/openapi.json')).body.paths)).toContain('/b/person')
    expect((await other.send('GET /a/openapi.json')).body.info.title).toBe('a')
    expect((await other.send('GET /b/nothing')).problem.code).toBe('KIN_NO_ROUTE')
  })

  test('that clash are refused, all of them', async () => {
    const models = {
      post: { path: 'user', associations: { comments: { path: 'author' } } },
      user: { associations: { posts: { path: 'restore' } } },
      group: { path: 'health' },
    }
    const error = await refusal(blog, { models })
    expect(error.code).toBe('KIN_PATH_CLASH')
    expect(error.details.clashes).toEqual([
      { path: '/health', of: ['the health check', 'model "group"'] },
      { path: '/user', of: ['model "user"', 'model "post"'] },
      { path: '/user/{id}/delete-plan', of: ['the delete plan', 'the delete plan'] },
      { path: '/user/{id}/restore', of: ['restoring', 'association "user.posts"', 'restoring'] },
      { path: '/user/{id}/author', of: ['association "post.author"', 'association "post.comments"'] },
    ])
  })

  test.each<[Any, string]>([
    [{ modles: {} }, '"models"'],
    [{ models: { usr: {} } }, '"user"'],
    [{ models: { user: { lists: false } } }, '"list"'],
    [{ models: { user: { associations: { post: {} } } } }, '"posts"'],
    [{ models: { user: { associations: { posts: { raed: false } } } } }, '"read"'],
    [{ models: { user: { path: 'a/b' } } }, 'segment'],
    [{ models: { user: { searchFields: ['nam'] } } }, '"name"'],
    [{ limits: { boddy: 1 } }, '"body"'],
    [{ limits: { page: 0 } }, 'positive'],
  ])('options that are wrong are refused with the nearest right word: %j', async (options, word) => {
    const error = await refusal(blog, options)
    expect(`${error.message} ${error.hint}`).toContain(word)
  })
})

describe('routes that are switched off', () => {
  test('are not there, one by one', async () => {
    const models = {
      user: {
        list: false,
        create: false,
        delete: false,
        associations: {
          posts: { add: false },
          groups: { remove: false },
          profile: { read: false },
          cart: false,
        },
      },
    } as const
    const known = (await routes(blog, { models })).filter((route) => /^\w+ \/user\b/.test(route))
    expect(known.sort()).toEqual(
      [
        'GET /user/{id}',
        'PATCH /user/{id}',
        'PUT /user/{id}',
        'DELETE /user/{ownerId}/comments',
        'DELETE /user/{ownerId}/comments/{childId}',
        'DELETE /user/{ownerId}/posts',
        'DELETE /user/{ownerId}/posts/{childId}',
        'DELETE /user/{ownerId}/profile',
        'GET /user/{ownerId}/comments',
        'GET /user/{ownerId}/groups',
        'GET /user/{ownerId}/posts',
        'POST /user/{ownerId}/comments',
        'POST /user/{ownerId}/groups',
        'PUT /user/{ownerId}/comments',
        'PUT /user/{ownerId}/comments/{childId}',
        'PUT /user/{ownerId}/groups/{childId}',
        'PUT /user/{ownerId}/profile',
      ].sort(),
    )
  })

  test('leave no way around them', async () => {
    const models = {
      post: { create: false },
      comment: false,
      user: { associations: { groups: { read: false }, profile: { add: false } } },
    } as const
    const api = await serve(blog, { models })
    const { body } = await api.send('POST /user', { name: 'A', email: 'a@x' })
    const nested = await api.send('POST /user', { name: 'B', email: 'b@x', posts: [{ title: 'x' }] })
    expect(nested.problem.errors).toEqual([
      { pointer: '/posts/0', detail: 'Records of "post" cannot be created here; give an id.' },
    ])
    const answers = [
      await api.send('GET /user?$embed=groups'),
      await api.send('GET /user?$embed=comments'),
      await api.send('GET /user?$count=comments'),
      await api.send('GET /user?groups[$size]=0'),
      await api.send('GET /user?comments[$some][text]=x'),
      await api.send('GET /user?$sort=comments.$size'),
      await api.send(`PATCH /user/${body.id}`, { comments: [] }),
      await api.send(`PATCH /user/${body.id}`, { profile: null }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400, 422, 422])
    const hints = answers.map(({ problem }) => problem.hint ?? '')
    expect(hints.filter((hint) => hint.includes('comments'))).toEqual([])
  })

  test('answer 405 with the methods that there are', async () => {
    const api = await serve(blog, { models: { user: { create: false } } })
    const { status, headers, problem } = await api.send('POST /user', {})
    expect({ status, allow: headers['allow'], code: problem.code }).toEqual({
      status: 405,
      allow: 'GET, DELETE, HEAD',
      code: 'KIN_METHOD_NOT_ALLOWED',
    })
  })
})
