/** R1 to R8: what is stored and how it is compared. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase } from './conformance-case.js'
import { refused } from './refused.js'

const people = defineGraph({
  person: k.model({
    name: k.string(),
    age: k.integer().optional(),
    boss: k.one('person', { inverse: 'staff' }).optional(),
  }),
})

const kinds = defineGraph({
  thing: k.model({
    integer: k.integer().optional(),
    bigint: k.bigint().optional(),
    number: k.number().optional(),
    price: k.decimal(18, 2).optional(),
    at: k.date().optional(),
    state: k.enum(['draft', 'published']).optional(),
    meta: k.json().optional(),
    bytes: k.binary().optional(),
    tags: k.array(k.string()),
    box: k.object({ weight: k.number(), price: k.decimal(18, 4), bytes: k.binary() }).optional(),
    items: k.array(k.object({ label: k.string(), count: k.integer() })),
  }),
})

const names = (records: readonly { readonly name: string }[]): string[] => records.map(({ name }) => name)

export const valueCases: readonly ConformanceCase[] = [
  {
    rule: 'R1',
    title: 'what is left out reads as null, and undefined is not given',
    async run({ open }) {
      const db = await open(people)
      const { id } = await db.person.create({ name: 'Ann', age: undefined })
      assert.equal((await db.person.findById(id))?.age, null)
      assert.equal(await db.person.count({ where: { age: { $exists: false } } }), 1)
      assert.equal(await db.person.count({ where: { age: null } }), 1)
      assert.equal((await db.person.update(id, { age: 3, name: undefined })).name, 'Ann')
    },
  },
  {
    rule: 'R2',
    title: 'negations are exact complements, and ranges never match null',
    async run({ open }) {
      const db = await open(people)
      await db.person.createMany([{ name: 'none' }, { name: 'one', age: 1 }, { name: 'two', age: 2 }])
      const found = async (age: NonNullable<Parameters<typeof db.person.count>[0]>['where']) =>
        names(await db.person.find({ where: age, orderBy: { name: 'asc' } }))
      assert.deepEqual(await found({ age: { $ne: 1 } }), ['none', 'two'])
      assert.deepEqual(await found({ age: { $nin: [1, 2] } }), ['none'])
      assert.deepEqual(await found({ $not: { age: { $gt: 1 } } }), ['none', 'one'])
      assert.deepEqual(await found({ age: { $lt: 9 } }), ['one', 'two'])
      assert.deepEqual(await found({ age: { $in: [] } }), [])
      assert.deepEqual(await found({ age: { $nin: [] } }), ['none', 'one', 'two'])
    },
  },
  {
    rule: 'R2',
    title: 'a filter on a to-one needs a target that matches; on an empty list $every holds',
    layouts: ['reference', 'mirror'],
    async run({ open, one }) {
      const node = k.model({
        name: k.string(),
        up: k.one('node', { inverse: 'down', layout: one }).optional(),
      })
      const db = await open(defineGraph({ node }))
      const top = await db.node.create({ name: 'top' })
      await db.node.create({ name: 'leaf', up: top })
      assert.deepEqual(names(await db.node.find({ where: { up: { name: 'top' } } })), ['leaf'])
      assert.deepEqual(names(await db.node.find({ where: { $not: { up: { name: 'top' } } } })), ['top'])
      assert.deepEqual(names(await db.node.find({ where: { down: { $every: { name: 'x' } } } })), ['leaf'])
      assert.deepEqual(names(await db.node.find({ where: { down: { $some: { name: 'leaf' } } } })), ['top'])
      assert.deepEqual(names(await db.node.find({ where: { down: { $none: {} } } })), ['leaf'])
    },
  },
  {
    rule: 'R3',
    title: 'text is ordered by code point',
    async run({ open }) {
      const db = await open(people)
      // By UTF-16 units the emoji would come before U+FF5E; by a language's rules 'a' before 'B'.
      const sorted = ['B', 'Z', 'a', 'é', '\uFF5E', '😀']
      await db.person.createMany(sorted.toReversed().map((name) => ({ name })))
      assert.deepEqual(names(await db.person.find({ orderBy: { name: 'asc' } })), sorted)
      assert.equal(await db.person.count({ where: { name: { $gt: '\uFF5E' } } }), 1)
    },
  },
  {
    rule: 'R3',
    title: '$like minds case and takes a backslash as escape, $ilike folds ASCII',
    async run({ open }) {
      const db = await open(people)
      await db.person.createMany(['100%', '100x', 'Abc', 'abc'].map((name) => ({ name })))
      const like = async ($like: string) => names(await db.person.find({ where: { name: { $like } } }))
      assert.deepEqual(await like('100\\%'), ['100%'])
      assert.deepEqual(await like('a_c'), ['abc'])
      assert.equal(await db.person.count({ where: { name: { $ilike: 'ABC' } } }), 2)
    },
  },
  {
    rule: 'R3',
    title: 'U+0000 and lone surrogates are refused',
    async run({ open }) {
      const db = await open(people)
      for (const name of ['a\u0000b', '\uD800', 'x\uDC00'])
        await refused('KIN_VALIDATION', db.person.create({ name }))
    },
  },
  {
    rule: 'R4',
    title: 'integers are safe, doubles are kept to the bit, minus zero is zero',
    async run({ open }) {
      const db = await open(kinds)
      for (const integer of [2 ** 53, 0.5, Number.NaN])
        await refused('KIN_VALIDATION', db.thing.create({ integer }))
      for (const number of [Number.NaN, Number.POSITIVE_INFINITY])
        await refused('KIN_VALIDATION', db.thing.create({ number }))
      for (const number of [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 123456789.12345679]) {
        const { id } = await db.thing.create({ number })
        assert.equal((await db.thing.findById(id))?.number, number)
      }
      const { id } = await db.thing.create({ number: -0, integer: 2 ** 53 - 1, bigint: 2n ** 63n - 1n })
      const read = await db.thing.findById(id)
      assert.ok(Object.is(read?.number, 0))
      assert.deepEqual([read?.integer, read?.bigint], [2 ** 53 - 1, 2n ** 63n - 1n])
    },
  },
  {
    rule: 'R4',
    title: 'decimals are exact, and so is their sum',
    async run({ open }) {
      const db = await open(kinds)
      const { id } = await db.thing.create({ price: '9999999999999999.98' })
      assert.equal((await db.thing.update(id, { price: { $inc: '0.01' } })).price, '9999999999999999.99')
      assert.equal((await db.thing.create({ price: '1.5' })).price, '1.50')
      assert.equal(await db.thing.count({ where: { price: { $gt: '1.49' } } }), 2)
      await refused('KIN_VALIDATION', db.thing.create({ price: '1.005' }))
    },
  },
  {
    rule: 'R4',
    title: 'numbers, decimals and bytes inside embedded objects are exact, in filters too',
    async run({ open }) {
      const db = await open(kinds)
      const box = { weight: 0.1 + 0.2, price: '12345678901234.5678', bytes: new Uint8Array([0, 255, 7]) }
      const { id } = await db.thing.create({ box })
      const read = (await db.thing.findById(id))?.box
      assert.deepEqual([read?.weight, read?.price], [box.weight, box.price])
      assert.deepEqual([...(read?.bytes ?? [])], [0, 255, 7])
      assert.equal(await db.thing.count({ where: { box: { weight: 0.1 + 0.2 } } }), 1)
      assert.equal(await db.thing.count({ where: { box: { weight: 0.3 } } }), 0)
      assert.equal(await db.thing.count({ where: { box: { price: { $gte: '12345678901234.5679' } } } }), 0)
    },
  },
  {
    rule: 'R5',
    title: 'dates have milliseconds, in the years 1 to 9999',
    async run({ open }) {
      const db = await open(kinds)
      for (const text of [
        '0001-01-01T00:00:00.000Z',
        '1969-12-31T23:59:59.999Z',
        '9999-12-31T23:59:59.999Z',
      ]) {
        const { id } = await db.thing.create({ at: new Date(text) })
        assert.equal((await db.thing.findById(id))?.at?.toISOString(), text)
      }
      assert.equal(await db.thing.count({ where: { at: { $lt: new Date(0) } } }), 2)
      await refused('KIN_VALIDATION', db.thing.create({ at: new Date('+010000-01-01T00:00:00Z') }))
      await refused('KIN_VALIDATION', db.thing.create({ at: new Date(Number.NaN) }))
    },
  },
  {
    rule: 'R5',
    title: 'an enum takes its own words only',
    async run({ open }) {
      const db = await open(kinds)
      await db.thing.create({ state: 'draft' })
      assert.equal(await db.thing.count({ where: { state: 'draft' } }), 1)
      await refused('KIN_VALIDATION', db.thing.create({ state: 'lost' as 'draft' }))
    },
  },
  {
    rule: 'R6',
    title: 'JSON is compared as a whole, whatever the order of its keys',
    async run({ open }) {
      const db = await open(kinds)
      await db.thing.createMany([{ meta: { a: 1, b: [1, null] } }, {}])
      assert.equal(await db.thing.count({ where: { meta: { b: [1, null], a: 1 } } }), 1)
      assert.equal(await db.thing.count({ where: { meta: { $ne: { a: 1 } } } }), 2)
      assert.equal(await db.thing.count({ where: { meta: null } }), 1)
    },
  },
  {
    rule: 'R6',
    title: 'arrays are asked for what they contain, never compared whole',
    async run({ open }) {
      const db = await open(kinds)
      await db.thing.create({
        tags: ['x', 'y'],
        items: [
          { label: 'a', count: 1 },
          { label: 'b', count: 2 },
        ],
      })
      assert.equal(await db.thing.count({ where: { tags: { $contains: 'y' } } }), 1)
      assert.equal(await db.thing.count({ where: { tags: { $size: 2 } } }), 1)
      assert.equal(await db.thing.count({ where: { items: { $some: { label: 'a', count: 2 } } } }), 0)
      assert.equal(await db.thing.count({ where: { items: { $every: { count: { $gt: 0 } } } } }), 1)
      const whole = { tags: ['x', 'y'] } as unknown as { tags: { $contains: string } }
      await refused('KIN_INVALID_QUERY', db.thing.count({ where: whole }))
    },
  },
  {
    rule: 'R7',
    title: 'ids are normalised, and a malformed one is refused before any statement',
    async run({ open }) {
      const statements: string[] = []
      const hex = k.model({ name: k.string() })
      const db = await open(
        defineGraph({ hex, uuid: k.model({ id: k.id.uuid(), hex: k.one('hex').optional() }) }),
        ({ statement }) => statements.push(statement),
      )
      const { id } = await db.hex.create({ id: 'ABCDEF0123456789ABCDEF01', name: 'x' })
      assert.equal(id, 'abcdef0123456789abcdef01')
      assert.equal((await db.hex.findById(id.toUpperCase()))?.name, 'x')
      const made = await db.uuid.create({ hex: id.toUpperCase() })
      assert.equal(made.hex, id)
      assert.equal((await db.uuid.findById(made.id.toUpperCase()))?.id, made.id)
      const before = statements.length
      await refused('KIN_INVALID_ID', db.hex.findById('nonsense'))
      assert.equal(statements.length, before)
    },
  },
  {
    rule: 'R7',
    title: 'an integer id ascends and never comes back',
    async run({ open }) {
      const db = await open(defineGraph({ row: k.model({ id: k.id.integer(), name: k.string() }) }))
      const first = await db.row.create({ name: 'a' })
      const second = await db.row.create({ name: 'b' })
      await db.row.delete(second.id)
      const third = await db.row.create({ name: 'c' })
      assert.ok(first.id < second.id && second.id < third.id)
    },
  },
  {
    rule: 'R8',
    title: 'unique allows nulls, and one live record per value',
    async run({ open }) {
      const user = k.model({ email: k.string().optional().unique() }, { softDelete: true })
      const db = await open(defineGraph({ user }))
      await db.user.createMany([{}, {}])
      const { id } = await db.user.create({ email: 'a@x.org' })
      await refused('KIN_UNIQUE', db.user.create({ email: 'a@x.org' }))
      await db.user.delete(id)
      await db.user.create({ email: 'a@x.org' })
      assert.equal(await db.user.count({ deleted: 'include', where: { email: 'a@x.org' } }), 2)
    },
  },
  {
    rule: 'R8',
    title: 'the inverse of a one-one is the live holder, else the one deleted last',
    layouts: ['reference', 'mirror'],
    async run({ open, one }) {
      const user = k.model({ name: k.string() })
      const profile = k.model(
        { bio: k.string(), user: k.one('user', { inverse: 'profile', layout: one }).unique() },
        { softDelete: true },
      )
      const db = await open(defineGraph({ user, profile }))
      const { id } = await db.user.create({ name: 'Ann' })
      const shown = async () =>
        (await db.user.findById(id, { populate: { profile: { deleted: 'include' } } }))?.profile?.bio
      for (const bio of ['old', 'newer']) {
        await db.profile.delete((await db.profile.create({ bio, user: id })).id)
        // Deletions of the same millisecond are told apart by id, which would do as well.
        await sleep(2)
      }
      assert.equal(await shown(), 'newer')
      await db.profile.create({ bio: 'live', user: id })
      assert.equal(await shown(), 'live')
    },
  },
]
