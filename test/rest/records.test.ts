import { beforeAll, describe, expect, test } from 'vitest'
import { blog } from '../fixtures/graphs.js'
import { type Any, type Api, serve } from './support.js'

let api: Api<typeof blog>
let ann: Any

beforeAll(async () => {
  api = await serve(blog)
  ann = (await api.send('POST /user', { name: 'Ann', email: 'ann@x', password: 'secret', age: 30 })).body
  await api.send('POST /user', [
    { name: 'Bob', email: 'bob@x', age: 20, posts: [{ title: 'One', hashtags: [{ text: 'red' }] }] },
    { name: 'Cem', email: 'cem@x', posts: [{ title: 'Two' }, { title: 'Three' }] },
  ])
})

const names = (body: Any): string[] => body.docs.map((doc: Any) => doc.name)

describe('a list', () => {
  test('has records, pages, items and cursors', async () => {
    const { status, body, headers } = await api.send('GET /user?$limit=2')
    expect(status).toBe(200)
    expect(names(body)).toEqual(['Ann', 'Bob'])
    expect(body.pages).toEqual({ current: 1, prev: null, hasPrev: false, next: 2, hasNext: true, total: 2 })
    expect(body.items).toEqual({ limit: 2, begin: 1, end: 2, total: 3 })
    expect(headers['link']).toContain('</user?%24limit=2&%24skip=2>; rel="next"')
    const second = await api.send(`GET /user?$limit=2&$after=${body.cursors.next}`)
    expect(names(second.body)).toEqual(['Cem'])
    expect(second.body.pages).toEqual({
      current: null,
      prev: null,
      hasPrev: true,
      next: null,
      hasNext: false,
      total: 2,
    })
    const first = await api.send(`GET /user?$limit=2&$after=${second.body.cursors.prev}`)
    expect(names(first.body)).toEqual(['Ann', 'Bob'])
  })

  test.each([
    ['age=30', ['Ann']],
    ['age[$gte]=20&age[$lt]=30', ['Bob']],
    ['name[$in]=Ann,Cem', ['Ann', 'Cem']],
    ['name=Ann&name=Cem', ['Ann', 'Cem']],
    ['name[$in][]=Ann,Cem', []],
    ['name[$like]=%25o%25', ['Bob']],
    ['age[$exists]=false', ['Cem']],
    ['age[$not][$gt]=20', ['Bob', 'Cem']],
    ['posts[$some][title]=Two', ['Cem']],
    ['posts[$size]=0', ['Ann']],
    ['posts[$none][hashtags][$some][text]=red', ['Ann', 'Cem']],
    ['$or[0][name]=Ann&$or[1][age]=20', ['Ann', 'Bob']],
    ['$not[name]=Ann', ['Bob', 'Cem']],
    ['$term=EM', ['Cem']],
    ['$term=EM&$searchFields=email', ['Cem']],
    ['$term=%25', []],
    ['$sort=-name', ['Cem', 'Bob', 'Ann']],
    ['$sort=-posts.$size,name', ['Cem', 'Bob', 'Ann']],
    ['$page=2&$limit=2', ['Cem']],
    ['$skip=1&$limit=1', ['Bob']],
  ])('%s finds %j', async (query, expected) => {
    const { body } = await api.send(`GET /user?${query}`)
    expect(names(body)).toEqual(expected)
  })

  test('embeds ends with options of their own', async () => {
    const { body } = await api.send(
      'GET /user?$embed=posts.hashtags&$embed[posts][$sort]=-title&$embed[posts][$limit]=1&$embed[posts][$select]=title&$sort=name&$select=name&$count=posts',
    )
    const id = expect.any(String)
    expect(body.docs).toEqual([
      { id, name: 'Ann', posts: [], $count: { posts: 0 } },
      {
        id,
        name: 'Bob',
        posts: [
          { id: expect.any(String), title: 'One', hashtags: [{ id: expect.any(String), text: 'red' }] },
        ],
        $count: { posts: 1 },
      },
      {
        id,
        name: 'Cem',
        posts: [{ id: expect.any(String), title: 'Two', hashtags: [] }],
        $count: { posts: 2 },
      },
    ])
  })

  test('counts alone, or not at all', async () => {
    const counted = await api.send('GET /user?$count=true&age[$exists]=true')
    expect(counted.body).toMatchObject({ docs: [], items: { total: 2 }, pages: { total: 1 } })
    const uncounted = await api.send('GET /user?$total=false')
    expect(uncounted.body).toMatchObject({ items: { total: null }, pages: { total: null } })
  })
})

describe('a wrong parameter is refused with 400, its name and the nearest right word', () => {
  test.each([
    ['agee[$gte]=1', 'agee', '"age"'],
    ['age[$gte]=x', 'age[$gte]', 'an integer'],
    ['age[$gtt]=1', 'age[$gtt]', '"$gt"'],
    ['$sort=titel', '$sort', 'titel'],
    ['$embed=post', '$embed', '"posts"'],
    ['$embed[posts][titel]=x', '$embed[posts][titel]', '"title"'],
    ['$embed[posts][$limt]=1', '$embed[posts][$limt]', '"$limit"'],
    ['$select=nam', '$select', '"name"'],
    ['$select=posts', '$select', '$embed=posts'],
    ['$limit=0', '$limit', 'at least 1'],
    ['$limit=101', '$limit', '100 at most'],
    ['$limit=2&$limit=3', '$limit', 'one value'],
    ['$skip=-1', '$skip', 'not negative'],
    ['$page=1&$skip=0', '$page', 'exclude'],
    ['$after=x', '$after', 'malformed'],
    ['$deleted=yes', '$deleted', 'yes'],
    ['$term=a&$searchFields=age', '$searchFields', 'name, email'],
    ['$limt=1', '$limt', '$limit'],
    ['posts[title]=x', 'posts[title]', '$some'],
    ['a[b', 'a[b', 'malformed'],
    ['age[a][b][c][d][e][f][g][h][i][j]=1', 'age[a][b][c][d][e][f][g][h][i][j]', 'nested'],
    ['name[$like]=a\\', 'name[$like]', 'backslash'],
    ['__proto__[x]=1', '__proto__', '__proto__'],
    ['constructor[prototype][x]=1', 'constructor', 'constructor'],
  ])('%s', async (query, parameter, word) => {
    const { status, problem, headers } = await api.send(`GET /user?${query}`)
    expect(status).toBe(400)
    expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(problem.errors?.[0]?.parameter).toBe(parameter)
    expect(`${problem.detail} ${problem.hint}`).toContain(word)
    expect(Object.prototype).not.toHaveProperty('x')
  })
})

describe('one record', () => {
  test('is created, read, changed, replaced, deleted and restored', async () => {
    const made = await api.send('POST /user', { name: 'Dan', email: 'dan@x', password: 'p', age: 1 })
    expect(made.status).toBe(201)
    expect(made.headers['location']).toBe(`/user/${made.body.id}`)
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'Dan',
      email: 'dan@x',
      age: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      deletedAt: null,
    })
    const at = `/user/${made.body.id}`
    const read = await api.send(`GET ${at}`)
    expect(read.body).toEqual(made.body)
    expect(read.headers['etag']).toBe(made.headers['etag'])
    const changed = await api.send(`PATCH ${at}`, { age: { $inc: 2 } })
    expect(changed.body).toMatchObject({ name: 'Dan', age: 3 })
    const replaced = await api.send(`PUT ${at}`, { id: made.body.id, name: 'Dana', email: 'dana@x' })
    expect(replaced.body).toMatchObject({ name: 'Dana', age: null })
    const kept = await api.db.user.findById(made.body.id, { reveal: ['password'] })
    expect(kept?.password).toBe('p')
    const plan = await api.send(`GET ${at}/delete-plan`)
    expect(plan.body).toMatchObject({ softDeleted: { user: 1 }, deleted: {}, blockers: [] })
    expect((await api.send(`DELETE ${at}?plan=other`)).problem).toMatchObject({
      status: 409,
      code: 'KIN_PLAN_STALE',
    })
    const deleted = await api.send(`DELETE ${at}?plan=${plan.body.hash}`)
    expect(deleted.body).toMatchObject({ softDeleted: { user: 1 } })
    expect((await api.send(`GET ${at}`)).status).toBe(404)
    expect((await api.send(`GET ${at}?$deleted=include`)).body.deletedAt).not.toBeNull()
    const restored = await api.send(`POST ${at}/restore`)
    expect(restored.body).toMatchObject({ restored: { user: 1 } })
    expect((await api.send(`DELETE ${at}`, { hardDelete: true })).body).toMatchObject({
      deleted: { user: 1 },
    })
    expect((await api.send(`DELETE ${at}`)).status).toBe(404)
  })

  test('is created with others or none of them is', async () => {
    const before = await api.db.user.count()
    const { status, problem } = await api.send('POST /user', [
      { name: 'Eve', email: 'eve@x' },
      { name: 'Ann', email: 'ann@x' },
    ])
    expect({ status, code: problem.code, errors: problem.errors }).toEqual({
      status: 409,
      code: 'KIN_UNIQUE',
      errors: [{ pointer: '/1/email', detail: expect.any(String) }],
    })
    expect(await api.db.user.count()).toBe(before)
  })

  test('are deleted together, each for good or not', async () => {
    const made = await api.send('POST /user', [
      { name: 'F', email: 'f@x' },
      { name: 'G', email: 'g@x' },
      { name: 'H', email: 'h@x' },
    ])
    const [f, g, h] = made.body.map((user: Any) => user.id)
    const absent = await api.send('DELETE /user', [f, '0'.repeat(24)])
    expect(absent.status).toBe(404)
    expect(await api.db.user.exists({ where: { id: f } })).toBe(true)
    const { body } = await api.send('DELETE /user', [f, { id: g, hardDelete: true }, { id: h }])
    expect(body).toMatchObject({ softDeleted: { user: 2 }, deleted: { user: 1 } })
    expect(await api.db.user.count({ where: { id: { $in: [f, g, h] } }, deleted: 'include' })).toBe(2)
  })

  test('tells of everything that is wrong with data, each with its place', async () => {
    const { status, problem } = await api.send('PATCH /user/' + ann.id, { agge: 1, nam: 2, createdAt: 'x' })
    expect(status).toBe(422)
    expect(problem.errors).toEqual([
      { pointer: '/agge', detail: 'There is no field "agge". Did you mean "age"?' },
      { pointer: '/nam', detail: 'There is no field "nam". Did you mean "name"?' },
      { pointer: '/createdAt', detail: '"createdAt" is written by the server.' },
    ])
    const nested = await api.send('POST /user', [{ name: 'X', email: 'x@x', posts: [{ title: 1 }] }])
    expect(nested.problem.errors?.[0]?.pointer).toBe('/0/posts/0/title')
  })
})
