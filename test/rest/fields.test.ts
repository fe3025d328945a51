import { beforeAll, describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { type Any, type Api, serve } from './support.js'

const graph = defineGraph({
  thing: k.model(
    {
      id: k.id.integer(),
      code: k.string().unique().immutable().description('Printed on it.'),
      amount: k.bigint().optional(),
      price: k.decimal(8, 2).default('1.50'),
      weight: k.number().optional(),
      made: k.date().optional(),
      blob: k.binary().optional(),
      color: k.enum(['red', 'blue']).default('red'),
      extra: k.json().optional(),
      on: k.boolean().default(false),
      place: k
        .object({ row: k.integer(), secret: k.string().optional().hidden(), shop: k.one('shop').optional() })
        .optional(),
      parts: k.array(k.object({ name: k.string(), shop: k.one('shop') })),
      tags: k.array(k.string()),
      pin: k.string().optional().hidden(),
      spy: k.one('shop', { inverse: 'spied' }).optional().hidden(),
    },
    { description: 'Something to sell.' },
  ),
  shop: k.model({ id: k.id.uuid(), name: k.string() }),
})

let api: Api<typeof graph>
let shop: Any
let thing: Any

const given = () => ({
  code: 'A1',
  amount: '9007199254740993',
  weight: 1.5,
  made: '2020-02-29T12:00:00Z',
  blob: Buffer.from('hi').toString('base64'),
  extra: { any: [1, null, 'x'] },
  place: { row: 3, secret: 'hush', shop: shop.id },
  parts: [{ name: 'bolt', shop: shop.id }],
  tags: ['a', 'b'],
  pin: '1234',
  spy: shop.id,
})

const shown = () => ({
  id: expect.any(Number),
  code: 'A1',
  amount: '9007199254740993',
  price: '1.50',
  weight: 1.5,
  made: '2020-02-29T12:00:00.000Z',
  blob: 'aGk=',
  color: 'red',
  extra: { any: [1, null, 'x'] },
  on: false,
  place: { row: 3, shop: shop.id },
  parts: [{ name: 'bolt', shop: shop.id }],
  tags: ['a', 'b'],
})

beforeAll(async () => {
  api = await serve(graph, { docs: {} })
  shop = (await api.send('POST /shop', { name: 'S' })).body
  thing = (await api.send('POST /thing', given())).body
})

describe('values', () => {
  test('of every kind come back as they were sent, with defaults', async () => {
    expect(thing).toEqual(shown())
    expect((await api.send(`GET /thing/${thing.id}`)).body).toEqual(shown())
    expect((await api.send('GET /thing')).body.docs).toEqual([shown()])
  })

  test.each([
    'amount=9007199254740993',
    'amount[$gt]=9007199254740992',
    'price=1.5',
    'price[$in]=1.50,3',
    'weight[$lt]=1.6',
    'made=2020-02-29T13:00:00%2B01:00',
    'made[$gte]=2020-02-29',
    'blob=aGk=',
    'color=red',
    'color[$in]=red,blue',
    'on=false',
    'place[row]=3',
    'place[shop][name]=S',
    'parts[$some][name]=bolt',
    'parts[$some][shop][name]=S',
    'parts[$size]=1',
    'tags[$contains]=a',
    'tags[$size][$gt]=1',
    'extra={"any":[1,null,"x"]}',
    'place[$exists]=true',
    'id=1',
    'id[$in]=1,2',
  ])('are filtered by %s', async (query) => {
    expect((await api.send(`GET /thing?${query}`)).body.items.total).toBe(1)
    const [name = ''] = /^\w+/.exec(query) ?? []
    expect(name).not.toBe('')
  })

  test.each([
    ['amount=x', 'a bigint'],
    ['price=1.555', 'a decimal'],
    ['weight=', 'a number'],
    ['made=2021-02-29', 'a Date'],
    ['made=yesterday', 'a Date'],
    ['blob=$', 'a Uint8Array'],
    ['color=green', 'one of "red", "blue"'],
    ['on=yes', 'a boolean'],
    ['extra={', 'JSON'],
    ['id=x', 'an integer'],
    ['place[shop]=x', 'a uuid'],
  ])('that do not fit are refused: %s', async (query, expected) => {
    const { problem } = await api.send(`GET /thing?${query}`)
    expect(problem).toMatchObject({ status: 400, errors: [{ parameter: query.split('=')[0] }] })
    expect(problem.detail).toContain(expected)
  })

  test('references inside of embedded structures are embedded', async () => {
    const { body } = await api.send(
      `GET /thing/${thing.id}?$embed=place.shop,parts.shop&$embed[parts.shop][$select]=name`,
    )
    expect(body.place).toEqual({ row: 3, shop: { id: shop.id, name: 'S' } })
    expect(body.parts).toEqual([{ name: 'bolt', shop: { id: shop.id, name: 'S' } }])
    const { problem } = await api.send(`GET /thing?$embed=place`)
    expect(problem.detail).toContain('part of the record')
  })
})

describe('R34: hidden fields', () => {
  test('are written, and never come back', async () => {
    const stored = await api.db.thing.findById(thing.id, { reveal: ['pin', 'spy'] })
    expect(stored).toMatchObject({ pin: '1234', spy: shop.id })
    const answers = [
      await api.send('GET /thing'),
      await api.send(`GET /thing/${thing.id}`),
      await api.send(`PATCH /thing/${thing.id}`, { pin: '4321' }),
      await api.send(`GET /shop/${shop.id}?$embed=spied`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    for (const { text } of answers) expect(text).not.toMatch(/pin|hush|secret|4321|"spy"/)
  })

  test('are not among the names that errors of data suggest', async () => {
    const { text, status } = await api.send('POST /thing', { pn: 1, sp: 1, place: { row: 1, secrt: 'x' } })
    expect(status).toBe(422)
    expect(text).not.toMatch(/"pin|secret\b|spy/)
    expect(text).not.toContain('pin')
  })

  test.each([
    (name: string) => `GET /thing?${name}=1234`,
    (name: string) => `GET /thing?${name}[$like]=1%25`,
    (name: string) => `GET /thing?$sort=${name}`,
    (name: string) => `GET /thing?$select=${name}`,
    (name: string) => `GET /thing?$embed=${name}`,
    (name: string) => `GET /thing?$term=1&$searchFields=${name}`,
    (name: string) => `GET /thing?place[${name}]=x`,
    (name: string) => `GET /thing?$sort=place.${name}`,
    (name: string) => `GET /thing?$or[0][${name}]=1`,
    (name: string) => `GET /shop?spied[$some][${name}]=1`,
    (name: string) => `GET /shop?$embed=spied&$embed[spied][${name}]=1`,
    (name: string) => `GET /shop?$embed=spied&$embed[spied][$select]=${name}`,
  ])('are answered as names that there are not: %s', async (request) => {
    for (const hidden of ['pin', 'spy', 'secret']) {
      const [known, unknown] = [await api.send(request(hidden)), await api.send(request('qqq'))]
      const same = (text: string) => text.replaceAll(hidden, 'qqq').replace(/"requestId":"[^"]*"/, '')
      expect(known.status).toBe(400)
      expect(same(known.text)).toBe(same(unknown.text))
    }
  })
})

describe('immutable fields', () => {
  test('are given once', async () => {
    const changed = await api.send(`PATCH /thing/${thing.id}`, { code: 'B2' })
    expect(changed.problem).toMatchObject({
      status: 422,
      code: 'KIN_IMMUTABLE',
      errors: [{ pointer: '/code' }],
    })
    const replaced = await api.send(`PUT /thing/${thing.id}`, { parts: [], price: '2.00' })
    expect(replaced.body).toMatchObject({ code: 'A1', price: '2.00', color: 'red', amount: null, tags: [] })
    const renumbered = await api.send(`PATCH /thing/${thing.id}`, { id: 77 })
    expect(renumbered.problem).toMatchObject({ status: 422, errors: [{ pointer: '/id' }] })
  })
})

describe('the document', () => {
  test('has defaults, descriptions and what can be written', async () => {
    const {
      thing: record,
      thingCreate,
      thingUpdate,
    } = (await api.send('GET /openapi.json')).body.components.schemas
    expect(record.description).toBe('Something to sell.')
    expect(record.properties.code.description).toBe('Printed on it.')
    expect(thingCreate.properties).toMatchObject({
      price: { default: '1.50' },
      color: { default: 'red', enum: ['red', 'blue'] },
      on: { default: false },
      pin: { writeOnly: true },
    })
    expect(thingCreate.required).toEqual(['code'])
    expect(thingUpdate.properties).not.toHaveProperty('code')
    expect(thingUpdate.properties).not.toHaveProperty('id')
  })
})
