// R35: whatever route a caller takes, nothing of what is outside of its scope comes back, and nothing of it changes.
import { beforeAll, describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { type Any, type Api, serve } from './support.js'

const graph = defineGraph({
  user: k.model({ name: k.string() }, { softDelete: true }),
  note: k.model(
    {
      text: k.string(),
      owner: k.one('user', { inverse: 'notes', onDelete: 'soft' }),
      team: k.one('team', { inverse: 'notes', onDelete: 'strong' }).optional(),
      readers: k.many('user'),
    },
    { softDelete: true, version: true },
  ),
  team: k.model({
    name: k.string(),
    members: k.many('user', { inverse: 'teams', payload: { role: k.string().optional() } }),
  }),
  desk: k.model({
    name: k.string(),
    user: k.one('user', { inverse: 'desk' }).unique().optional(),
  }),
})

let api: Api<typeof graph>
/** what the caller may see: Ann, her notes, her teams, her desk */
const mine: Record<string, string> = {}
/** what it may not: Bob and his, and a note of his that is deleted */
const others: Record<string, string> = {}
let deleted: string
/** records that are not seen and have nothing to do with those that are */
const strangers: Record<string, string> = {}
let secrets: string[]

const scopes = () => ({
  user: { id: mine['user'] },
  note: { owner: mine['user'] },
  team: { members: { $some: { id: mine['user'] } } },
  desk: { user: mine['user'] },
})

beforeAll(async () => {
  api = await serve(graph, { docs: {}, authorize: () => scopes() })
  const { user, note, team, desk } = api.db
  const [ann, bob, eve] = await user.createMany([
    { name: 'Ann' },
    { name: 'secret-bob' },
    { name: 'secret-eve' },
  ])
  const [red, blue] = await team.createMany([
    { name: 'red', members: [ann!, bob!] },
    { name: 'secret-blue', members: [bob!] },
  ])
  const [one, two, three, four] = await note.createMany([
    { text: 'one', owner: ann!, team: red!, readers: [ann!, bob!] },
    { text: 'secret-two', owner: bob!, team: red!, readers: [ann!] },
    { text: 'secret-three', owner: bob! },
    { text: 'secret-four', owner: bob! },
  ])
  await note.delete(three!.id)
  deleted = three!.id
  const [left, right] = await desk.createMany([
    { name: 'left', user: ann! },
    { name: 'secret-right', user: bob! },
  ])
  Object.assign(mine, { user: ann!.id, note: one!.id, team: red!.id, desk: left!.id })
  Object.assign(others, { user: bob!.id, note: two!.id, team: blue!.id, desk: right!.id })
  Object.assign(strangers, { user: eve!.id, note: four!.id })
  secrets = ['secret', ...Object.values(others), ...Object.values(strangers), deleted]
})

/** Everything that is stored. */
async function everything(): Promise<string> {
  const { user, note, team, desk } = api.db
  return JSON.stringify([
    await user.find({ deleted: 'include' }),
    await note.find({ deleted: 'include' }),
    await team.find({ populate: { members: { select: ['id'], deleted: 'include' } } }),
    await desk.find(),
  ])
}

/** Data that would link what is in scope to what is not. */
const data: Record<string, (targets: Record<string, string>) => Any> = {
  user: (targets) => ({ name: 'new', notes: [targets['note']] }),
  note: (targets) => ({ text: 'new', owner: targets['user'] }),
  team: (targets) => ({ name: 'new', members: [targets['user']] }),
  desk: (targets) => ({ name: 'new', user: targets['user'] }),
}

/** Requests to every operation of the document. */
async function requests(
  owners: Record<string, string>,
  targets: Record<string, string>,
  pick: (operation: string) => boolean,
): Promise<{ operation: string; request: string; body: Any }[]> {
  const { paths } = (await api.send('GET /openapi.json')).body
  return Object.entries<Any>(paths).flatMap(([path, methods]) =>
    Object.entries<Any>(methods)
      .filter(([, { operationId }]) => operationId !== 'health' && pick(operationId))
      .map(([method, { operationId }]) => {
        const [, model = '', , end = ''] = path.split('/')
        const owner = owners[model] ?? ''
        const name = graph.models.get(model)?.ends.get(end)?.to.name ?? model
        const target = targets[name] ?? others[name] ?? ''
        const url = path
          .replace('{id}', operationId === 'restoreNote' ? deleted : owner)
          .replace('{ownerId}', owner)
          .replace('{childId}', target)
        return {
          operation: operationId,
          request: `${method.toUpperCase()} ${url}`,
          body: bodyOf(method, path, model, target, targets),
        }
      }),
  )
}

function bodyOf(
  method: string,
  path: string,
  model: string,
  target: string,
  targets: Record<string, string>,
): Any {
  if (method === 'get' || path.includes('{childId}') || path.endsWith('restore')) return undefined
  if (path.includes('{ownerId}')) {
    const isList = graph.models.get(model)?.ends.get(path.split('/')[3] ?? '')?.many
    return method === 'delete' && !isList ? undefined : isList ? [target] : target
  }
  if (method === 'delete') return path.includes('{id}') ? undefined : [target]
  return data[model]?.(targets)
}

const isWrite = (operation: string) => !/^(?:list|get|plan)/.test(operation)

describe('R35: out of scope', () => {
  test('every route that names a record refuses it, and none tells or changes anything', async () => {
    const before = await everything()
    const wrong: string[] = []
    const all = await requests(others, others, () => true)
    for (const { operation, request, body } of all) {
      const { status, text } = await api.send(request, body)
      const isList = /^GET \/\w+$/.test(request)
      if (isList ? status !== 200 : ![403, 404, 422].includes(status))
        wrong.push(`${operation}: ${status} ${text}`)
      if (tells(text, `${request} ${JSON.stringify(body)}`)) wrong.push(`${operation} tells: ${text}`)
      if ((await everything()) !== before) wrong.push(`${operation} changed something`)
    }
    expect(wrong).toEqual([])
    expect(all.length).toBeGreaterThan(60)
  })

  test.each([
    ['has nothing to do with it', strangers],
    ['is linked to it out of sight', others],
  ])('no record in scope can be linked to one that is not and %s', async (_, targets) => {
    const before = await everything()
    const wrong: string[] = []
    const writes = await requests(mine, targets, (operation) =>
      /^(?:add|set|put|remove|create|update|replace)/.test(operation),
    )
    for (const { operation, request, body } of writes) {
      const { status, text } = await api.send(request, body)
      // What is not seen is not in the list, so removing it does nothing.
      const expected = operation.startsWith('remove') ? [200, 409] : [403, 409, 422]
      if (!expected.includes(status)) wrong.push(`${operation}: ${status} ${text}`)
      if ((await everything()) !== before) wrong.push(`${operation} changed something`)
    }
    expect(wrong).toEqual([])
    expect(writes.length).toBeGreaterThan(25)
    expect(writes.every(({ operation }) => isWrite(operation))).toBe(true)
  })

  test.each([
    'GET /team?$embed=members,notes.owner,notes.readers&$count=members,notes',
    'GET /user?$embed=teams.members,notes.team.members,desk',
    'GET /note?$embed=readers,owner,team.members&$count=readers',
    'GET /note?$deleted=include&$embed=owner',
    'GET /team?$embed=members&$embed[members][$deleted]=include',
    'GET /team?$sort=notes.$size&$embed=notes',
    'GET /note?$term=secret',
  ])('%s tells nothing of it', async (request) => {
    const { status, text } = await api.send(request)
    expect(status).toBe(200)
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  })

  test('numbers do not count it', async () => {
    const at = `/team/${mine['team']}`
    expect((await api.send(`GET ${at}?$count=members,notes`)).body.$count).toEqual({ members: 1, notes: 1 })
    expect((await api.send(`GET ${at}/members?$count=true`)).body.items.total).toBe(1)
    expect((await api.send('GET /note?$count=true&$deleted=include')).body.items.total).toBe(1)
  })

  test.each([
    'GET /team?members[$some][name][$like]=secret%25',
    'GET /team?notes[$some][text][$like]=secret%25',
    'GET /team?members[$size]=2',
    'GET /note?readers[$size]=2',
    'GET /user?teams[$some][members][$some][name][$like]=secret%25',
  ])('%s finds nothing by it', async (request) => {
    expect((await api.send(request)).body.docs).toEqual([])
  })

  test('a delete that would reach it is refused, and so is its plan', async () => {
    const before = await everything()
    for (const request of [`DELETE /team/${mine['team']}`, `GET /team/${mine['team']}/delete-plan`]) {
      const { problem, text } = await api.send(request)
      expect(problem).toMatchObject({ status: 403, code: 'KIN_FORBIDDEN' })
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    }
    expect(await everything()).toBe(before)
  })
})

test('a database that is scoped already is served within its scopes', async () => {
  const scoped = await serve(graph, { db: api.db.scoped(scopes()) })
  const { body, text } = await scoped.send('GET /note?$embed=owner,team.members')
  expect(body.items.total).toBe(1)
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  expect((await scoped.send(`GET /user/${others['user']}`)).status).toBe(404)
  expect((await scoped.send(`DELETE /team/${mine['team']}`)).status).toBe(403)
})

/** What a caller has said itself may be repeated to it. */
function tells(text: string, request: string): boolean {
  return secrets.some(
    (secret) => text.includes(secret) && !request.includes(secret) && !JSON.stringify(data).includes(secret),
  )
}
