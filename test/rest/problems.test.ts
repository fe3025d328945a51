import { beforeAll, describe, expect, test } from 'vitest'
import { catalogue, type ErrorCode } from '../../src/errors/catalogue.js'
import { KinshipError } from '../../src/errors/index.js'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { statusOf } from '../../src/rest/problems/statuses.js'
import { toProblem } from '../../src/rest/problems/to-problem.js'
import { blog } from '../fixtures/graphs.js'
import { type Any, type Api, serve } from './support.js'

let api: Api<typeof blog>
let user: Any
const sixRecords = Array.from({ length: 6 }, () => ({}))

beforeAll(async () => {
  api = await serve(blog, { prefix: '/api', limits: { body: 2000, items: 5, rows: 500 } })
  user = (await api.send('POST /api/user', { name: 'A', email: 'a@x', password: 'hush' })).body
})

describe('a problem', () => {
  test('is a document of RFC 9457 with the code, and the request in the log', async () => {
    const { status, headers, problem } = await api.send('GET /api/user/' + '0'.repeat(24))
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
    })
    expect(problem).toEqual({
      type: 'urn:kinship:error:KIN_NOT_FOUND',
      title: 'There is no such record.',
      status: 404,
      detail: expect.stringContaining('There is no user with id'),
      code: 'KIN_NOT_FOUND',
      requestId: expect.stringMatching(/^req-/),
    })
  })

  test.each<[string, string, unknown, Record<string, string> | undefined, number, string]>([
    ['an unknown path', 'GET /api/nothing', undefined, undefined, 404, 'KIN_NO_ROUTE'],
    ['another method', 'PATCH /api/user', {}, undefined, 405, 'KIN_METHOD_NOT_ALLOWED'],
    ['another media type', 'POST /api/user', 'x', { 'content-type': 'text/plain' }, 415, 'KIN_MEDIA_TYPE'],
    ['xml', 'POST /api/user', 'x', { 'content-type': 'application/xml' }, 415, 'KIN_MEDIA_TYPE'],
    ['too large a body', 'POST /api/user', { name: 'x'.repeat(3000) }, undefined, 413, 'KIN_BODY_TOO_LARGE'],
    ['too many records', 'POST /api/user', sixRecords, undefined, 413, 'KIN_BODY_TOO_LARGE'],
    [
      'too many nested records',
      'POST /api/user',
      { posts: sixRecords },
      undefined,
      413,
      'KIN_BODY_TOO_LARGE',
    ],
    ['too many ids', 'DELETE /api/user', Array(6).fill('x'), undefined, 413, 'KIN_BODY_TOO_LARGE'],
    ['no body', 'POST /api/user', undefined, undefined, 422, 'KIN_VALIDATION'],
    ['a text as a body', 'POST /api/user', 'x', undefined, 422, 'KIN_VALIDATION'],
    ['a malformed id', 'GET /api/user/x', undefined, undefined, 400, 'KIN_INVALID_ID'],
    [
      'too many records to reach',
      'GET /api/user?$embed=posts.hashtags',
      undefined,
      undefined,
      400,
      'KIN_INVALID_QUERY',
    ],
    [
      'too deep an embed',
      'GET /api/user?$limit=1&$embed=profile.user.cart.owner',
      undefined,
      undefined,
      400,
      'KIN_INVALID_QUERY',
    ],
    [
      'a parameter where there is none',
      'POST /api/user?$embed=posts',
      {},
      undefined,
      400,
      'KIN_UNKNOWN_OPTION',
    ],
    ['a body that is no list', 'DELETE /api/user', {}, undefined, 422, 'KIN_VALIDATION'],
    [
      'an unknown field of a delete',
      'DELETE /api/user',
      [{ id: 'x', hrad: true }],
      undefined,
      422,
      'KIN_VALIDATION',
    ],
  ])('for %s', async (_, request, body, headers, status, code) => {
    const { problem } = await api.send(request, body, headers)
    expect(problem).toMatchObject({ status, code })
    expect(problem.detail).toMatch(/\S/)
  })

  test.each(['{', '{"name":', '{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}'])(
    'for %s as JSON',
    async (payload) => {
      const answer = await api.app.inject({
        method: 'POST',
        url: '/api/user',
        payload,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.json()).toMatchObject({ status: 400, code: 'KIN_BODY_MALFORMED' })
      expect({}).not.toHaveProperty('x')
    },
  )

  test('lists what restricts a delete', async () => {
    const graph = defineGraph({
      shelf: k.model({ name: k.string() }),
      book: k.model({ shelf: k.one('shelf', { inverse: 'books' }) }),
      secret: k.model({ shelf: k.one('shelf') }),
    })
    const library = await serve(graph, { models: { secret: false } })
    const shelf = await library.db.shelf.create({ name: 's' })
    const book = await library.db.book.create({ shelf })
    const restricted = await library.send(`DELETE /shelf/${shelf.id}`)
    const blocker = { association: 'book.shelf', model: 'book', count: 1, ids: [book.id] }
    expect(restricted.problem).toMatchObject({ status: 409, code: 'KIN_RESTRICTED', blockers: [blocker] })
    await library.db.secret.create({ shelf })
    const hidden = await library.send(`DELETE /shelf/${shelf.id}`)
    expect(hidden.problem.blockers).toEqual([blocker, { association: null, model: null, count: 1, ids: [] }])
    const plan = await library.send(`GET /shelf/${shelf.id}/delete-plan`)
    expect(plan.body.blockers).toEqual(hidden.problem.blockers)
    expect(hidden.text + plan.text).not.toContain('secret')
  })
})

test('a problem speaks of itself, and of parameters as they were written', async () => {
  const wrong = await api.send('GET /api/user?posts[$some][title][$like]=a\\')
  expect(wrong.problem.detail).toContain('posts[$some][title][$like]')
  expect(wrong.text).not.toContain('where.')
  const invalid = await api.send('POST /api/user', {})
  expect(invalid.problem.hint).toBe('Every problem is listed in `errors`.')
})

describe('statuses', () => {
  test.each(Object.keys(catalogue) as ErrorCode[])('%s has the status of the catalogue', (code) => {
    expect(statusOf(code)).toBe(code === 'KIN_ABORTED' ? 503 : catalogue[code].status)
  })

  test.each(Object.keys(catalogue) as ErrorCode[])('%s tells nothing of the inside', (code) => {
    const inside = { statement: 'select secret', fields: [], ids: [], blockers: [], issues: [] }
    const error = new KinshipError(code, {
      message: code === 'KIN_VALIDATION' || statusOf(code) < 500 ? 'Told.' : 'select secret',
      details: inside as never,
      cause: new Error('secret'),
    })
    const problem = toProblem(error, new Map())
    expect(problem).toMatchObject({ code, status: statusOf(code) })
    expect(JSON.stringify({ ...problem, hint: '' })).not.toContain(
      code === 'KIN_CAPABILITY' ? 'no secret' : 'secret',
    )
  })

  test('of other errors are theirs, and bugs are not told of', () => {
    const told = toProblem(
      Object.assign(new Error('Slow down.'), { statusCode: 429, code: 'RATE' }),
      new Map(),
    )
    expect(told).toMatchObject({ status: 429, code: 'RATE', detail: 'Slow down.' })
    expect(toProblem(new TypeError('secret of undefined'), new Map())).toEqual({
      type: 'urn:kinship:error:KIN_INTERNAL',
      title: 'The server failed.',
      detail: 'The server failed.',
      status: 500,
      code: 'KIN_INTERNAL',
    })
  })
})

describe('ETags', () => {
  const at = () => `/api/user/${user.id}`

  test('name what a record looks like', async () => {
    const first = await api.send(`GET ${at()}`)
    const etag = String(first.headers['etag'])
    const same = await api.send(`GET ${at()}`, undefined, { 'if-none-match': `"x", W/${etag}` })
    expect({ status: same.status, text: same.text, etag: same.headers['etag'] }).toEqual({
      status: 304,
      text: '',
      etag,
    })
    await api.send(`PATCH ${at()}`, { age: 1 })
    const other = await api.send(`GET ${at()}`, undefined, { 'if-none-match': etag })
    expect(other.status).toBe(200)
  })

  test('guard updates and deletes of records without a version', async () => {
    const etag = String((await api.send(`GET ${at()}`)).headers['etag'])
    const changed = await api.send(`PATCH ${at()}`, { age: 7 }, { 'if-match': `"other", ${etag}` })
    expect(changed.body.age).toBe(7)
    const stale = await api.send(`PATCH ${at()}`, { age: 8 }, { 'if-match': etag })
    expect(stale.problem).toMatchObject({
      status: 412,
      code: 'KIN_PRECONDITION_FAILED',
      errors: [{ header: 'If-Match' }],
    })
    expect((await api.send(`DELETE ${at()}`, undefined, { 'if-match': etag })).status).toBe(412)
    expect((await api.send(`GET ${at()}`)).body.age).toBe(7)
    const next = String(changed.headers['etag'])
    expect((await api.send(`PUT ${at()}`, { name: 'B', email: 'b@x' }, { 'if-match': next })).status).toBe(
      200,
    )
    expect((await api.send(`PATCH ${at()}`, {}, { 'if-match': '*' })).status).toBe(200)
  })

  test('guard by the version where there is one, whatever was embedded', async () => {
    const post = (await api.send('POST /api/post', { title: 'T', author: user.id })).body
    const path = `/api/post/${post.id}`
    const read = await api.send(`GET ${path}?$embed=author`)
    const etag = String(read.headers['etag'])
    expect(etag).toMatch(/^"1-/)
    expect((await api.send(`PATCH ${path}`, { title: 'U' }, { 'if-match': etag })).body.version).toBe(2)
    const stale = await api.send(`PATCH ${path}`, { title: 'V' }, { 'if-match': etag })
    expect(stale.problem).toMatchObject({ status: 412 })
    expect((await api.send(`DELETE ${path}`, undefined, { 'if-match': etag })).status).toBe(412)
    expect((await api.send(`DELETE ${path}`, undefined, { 'if-match': '"2-x"' })).status).toBe(200)
  })

  test('are required where the API says so', async () => {
    const strict = await serve(blog, { requireIfMatch: true })
    const made = await strict.send('POST /user', { name: 'A', email: 'a@x' })
    const path = `/user/${made.body.id}`
    const answers = [
      await strict.send(`PATCH ${path}`, {}),
      await strict.send(`PUT ${path}`, { name: 'B', email: 'b' }),
      await strict.send(`DELETE ${path}`),
    ]
    expect(answers.map(({ problem }) => [problem.status, problem.code])).toEqual(
      answers.map(() => [428, 'KIN_PRECONDITION_REQUIRED']),
    )
    const etag = String(made.headers['etag'])
    expect((await strict.send(`DELETE ${path}`, undefined, { 'if-match': etag })).status).toBe(200)
  })
})
