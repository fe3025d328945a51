import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../schema/loose.js'
import { type Loose, openGraph, refusal } from './database.js'
import { shop } from './shop.js'

/** A standard schema that wants text of at least three letters, at once or later. */
const longer = (later: boolean): Loose => ({
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: string) => {
      const result = value.length >= 3 ? { value } : { issues: [{ message: 'too short', path: ['part', 1] }] }
      return later ? Promise.resolve(result) : result
    },
  },
})

const kinds = defineGraph({
  all: k.model({
    text: k.text().optional(),
    integer: k.integer().optional(),
    bigint: k.bigint().optional(),
    number: k.number().optional(),
    decimal: k.decimal(5, 2).optional(),
    boolean: k.boolean().optional(),
    date: k.date().optional(),
    json: k.json().optional(),
    binary: k.binary().optional(),
    enum: k.enum(['a', 'b']).optional(),
    object: k.object({ a: k.integer(), b: k.array(k.string()) }).optional(),
    strings: k.array(k.string()),
    checked: k.string().check(longer(false)).optional(),
    later: k.string().check(longer(true)).optional(),
    made: k.integer().default(() => 41),
  }),
})

const issuesOf = async (call: Promise<unknown>): Promise<Record<string, string>> => {
  const error = await refusal(call)
  expect(error.code).toBe('KIN_VALIDATION')
  const { issues } = error.details as unknown as { issues: { path: string; code: string }[] }
  return Object.fromEntries(issues.map(({ path, code }) => [path, code]))
}

describe('data', () => {
  test('every problem is reported at once, with its path; nothing is written', async () => {
    const { db, dump } = await openGraph(shop('join'))
    const before = await dump()
    const data = {
      nmae: 'typo',
      age: 1.5,
      version: 3,
      deletedBy: 'x',
      manager: 'short',
      posts: [{ title: 'fine' }, { body: 'x', author: 'a'.repeat(24) }],
      groups: [{ name: 'g' }, { id: 'a'.repeat(24), $link: { rule: 'x', role: 3 } }],
      cart: { items: [{ quantity: '1' }], wishes: [null], address: { city: 5 } },
    }
    expect(await issuesOf(db.user.create(data))).toEqual({
      name: 'required',
      nmae: 'unknown',
      age: 'type',
      version: 'system',
      deletedBy: 'system',
      manager: 'id',
      'posts[1].title': 'required',
      'posts[1].body': 'unknown',
      'posts[1].author': 'filled',
      'groups[0].$link.role': 'required',
      'groups[1].$link.rule': 'unknown',
      'groups[1].$link.role': 'type',
      'cart.items[0].product': 'required',
      'cart.items[0].quantity': 'type',
      'cart.wishes[0]': 'required',
      'cart.address.city': 'type',
    })
    expect(await dump()).toEqual(before)
  })

  test("a misspelt name is reported with the nearest right one, and the first problem is the error's path", async () => {
    const { db } = await openGraph(shop('join'))
    const error = await refusal(db.post.createMany([{ titel: 'a', author: { name: 'x' } }]))
    expect(error.path).toBe('[0].title')
    expect(error.message).toContain('[0].titel: There is no field "titel". Did you mean "title"?')
  })

  test('R1: undefined is not given, null is for optional fields only', async () => {
    const { db } = await openGraph(shop('join'))
    const user = await db.user.create({
      name: 'u',
      age: undefined,
      email: null,
      posts: undefined,
      nonsense: undefined,
    })
    expect(user).toMatchObject({ age: null, email: null })
    expect(await issuesOf(db.user.create({ name: null, code: null }))).toEqual({
      name: 'required',
      code: 'required',
    })
    expect(await db.user.update(user.id, { name: undefined })).toEqual(user)
  })

  test.each([
    ['text', 'a\0', 'text'],
    ['text', '\ud800', 'text'],
    ['text', 1, 'type'],
    ['integer', 2 ** 53, 'range'],
    ['integer', '1', 'type'],
    ['bigint', 2n ** 63n, 'range'],
    ['bigint', 1, 'type'],
    ['number', Number.NaN, 'range'],
    ['number', Infinity, 'range'],
    ['decimal', '1.234', 'precision'],
    ['decimal', 1.5, 'type'],
    ['boolean', 1, 'type'],
    ['date', '2020-01-01', 'type'],
    ['date', new Date(Number.NaN), 'type'],
    ['json', { a: () => 1 }, 'json'],
    ['binary', 'x', 'type'],
    ['enum', 'c', 'enum'],
    ['object', [], 'type'],
    ['strings', 'a', 'type'],
  ])('R3, R4, R5: %s refuses %s', async (field, value, code) => {
    const { db } = await openGraph(kinds)
    expect(await issuesOf(db.all.create({ [field]: value }))).toEqual({ [field]: code })
  })

  test('R3, R4, R5: values are stored in their normal form', async () => {
    const { db } = await openGraph(kinds)
    const date = new Date('2020-02-29T12:00:00.123Z')
    const binary = Buffer.from([1, 255])
    const given = {
      text: '😀',
      integer: -0,
      bigint: 2n ** 62n,
      number: -0,
      decimal: '01.5',
      boolean: false,
      date,
      json: { b: [null, undefined, { c: 1 }].filter((one) => one !== undefined), gone: undefined },
      binary,
      enum: 'a',
      object: { a: 1, b: ['x'] },
      strings: ['x', 'x'],
    }
    const made = await db.all.create(given)
    expect(made).toEqual({
      ...given,
      id: expect.any(String),
      integer: 0,
      number: 0,
      decimal: '1.50',
      json: { b: [null, { c: 1 }] },
      binary: new Uint8Array([1, 255]),
      checked: null,
      later: null,
      made: 41,
    })
    const found = await db.all.findById(made.id)
    expect({ ...found, binary: new Uint8Array(found.binary) }).toEqual(made)
    // What is returned is the caller's own to change.
    expect(made.date).not.toBe(date)
    expect(made.binary).not.toBe(binary)
  })

  test('checks see the normalised value; those that answer later are waited for', async () => {
    const { db } = await openGraph(kinds)
    expect(await issuesOf(db.all.create({ checked: 'ab', later: 'a' }))).toEqual({
      'checked.part[1]': 'check',
      'later.part[1]': 'check',
    })
    const made = await db.all.create({ checked: 'abc', later: 'abc' })
    expect(await issuesOf(db.all.update(made.id, { later: 'a' }))).toEqual({ 'later.part[1]': 'check' })
  })

  test('data that contains itself is refused', async () => {
    const { db } = await openGraph(shop('join'))
    const data: Loose = { name: 'u' }
    data.manager = { $create: data }
    const { details } = await refusal(db.user.create(data))
    expect((details as Loose).issues[0].code).toBe('depth')
  })

  test('an immutable field is set on create and refused on update', async () => {
    const { db } = await openGraph(shop('join'))
    const user = await db.user.create({ name: 'u', code: 'x' })
    const error = await refusal(db.user.update(user.id, { code: 'y', id: user.id }))
    expect([error.code, error.details]).toEqual(['KIN_IMMUTABLE', { model: 'user', fields: ['id', 'code'] }])
    expect((await refusal(db.user.updateMany({ data: { code: 'y' } }))).code).toBe('KIN_IMMUTABLE')
  })

  test('options that do not exist are named with the nearest right one', async () => {
    const { db } = await openGraph(shop('join'))
    const error = await refusal(db.user.create({ name: 'u' }, { populat: {} }))
    expect([error.code, (error.details as Loose).nearest]).toEqual(['KIN_UNKNOWN_OPTION', ['populate']])
    const absent = 'f'.repeat(24)
    const shape = { populate: { posts: { where: { titel: 'x' } } } }
    expect((await refusal(db.user.update(absent, {}, shape))).path).toBe('populate.posts.where.titel')
    const value = { count: { posts: { where: { title: 5 } } } }
    expect((await refusal(db.user.update(absent, {}, value))).code).toBe('KIN_INVALID_VALUE')
    expect((await refusal(db.user.createMany({ name: 'u' }))).code).toBe('KIN_INVALID_ARGUMENT')
    expect((await refusal(db.user.update('x', {}))).code).toBe('KIN_INVALID_ID')
    expect((await refusal(db.user.create(null))).code).toBe('KIN_VALIDATION')
  })
})
