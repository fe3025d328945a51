/** R28 to R33: writers side by side, transactions, and writes that are one step. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase, Harness } from './conformance-case.js'
import { codeOf, refused } from './refused.js'

const counters = defineGraph({
  counter: k.model({ key: k.string().unique(), value: k.integer() }, { version: true }),
})

const cards = ({ one: layout }: Pick<Harness, 'one'>) =>
  defineGraph({
    user: k.model({ name: k.string() }, { softDelete: true }),
    card: k.model({ user: k.one('user', { inverse: 'card', onDelete: 'strong', layout }).unique() }),
    note: k.model({ by: k.one('user', { inverse: 'notes', onDelete: 'restrict', layout }) }),
  })

const ROUNDS = 10

export const concurrencyCases: readonly ConformanceCase[] = [
  {
    rule: 'R28',
    title: 'an unrelated write beside an open transaction is not lost by its rollback',
    async run({ open }) {
      const db = await open(counters)
      const rolledBack = db.transaction(async (tx) => {
        await tx.counter.create({ key: 'inside', value: 1 })
        await sleep(5)
        throw new Error('undo')
      })
      const beside = db.counter.create({ key: 'beside', value: 1 })
      await assert.rejects(rolledBack, { message: 'undo' })
      await beside
      assert.deepEqual(
        (await db.counter.find()).map(({ key }) => key),
        ['beside'],
      )
    },
  },
  {
    rule: 'R28',
    title: 'the database inside its own transaction is a typed error, not a deadlock',
    async run({ open }) {
      const db = await open(counters)
      await refused(
        'KIN_TRANSACTION_MISUSE',
        db.transaction(async () => db.counter.create({ key: 'a', value: 1 })),
      )
      assert.equal(await db.counter.count(), 0)
    },
  },
  {
    rule: 'R28',
    title: 'a held stream blocks no writer, and shows what does not change once',
    async run({ open }) {
      const db = await open(counters)
      const list = Array.from({ length: 25 }, (_, at) => ({ key: String(at), value: at }))
      await db.counter.createMany(list)
      const seen: string[] = []
      for await (const { key } of db.counter.stream({}, { batch: 4 })) {
        seen.push(key)
        if (seen.length === 6) await db.counter.create({ key: 'new', value: 0 })
      }
      assert.deepEqual(
        seen.filter((key) => key !== 'new'),
        list.map(({ key }) => key),
      )
    },
  },
  {
    rule: 'R28',
    title: 'increments through two stores all count',
    twoStores: true,
    async run({ openTwo }) {
      const [one, two] = await openTwo(counters)
      const { id } = await one.counter.create({ key: 'a', value: 0 })
      const add = (at: number) => (at % 2 ? one : two).counter.update(id, { value: { $inc: 1 } })
      await Promise.all(Array.from({ length: 20 }, (_, at) => add(at)))
      assert.equal((await two.counter.findById(id))?.value, 20)
    },
  },
  {
    rule: 'R29',
    title: 'sync makes what is missing, and the second time nothing',
    layouts: ['join', 'array', 'mirror'],
    async run({ open, many: layout }) {
      const db = await open(
        defineGraph({
          user: k.model({ name: k.string() }),
          group: k.model({ members: k.many('user', { inverse: 'groups', layout }) }),
        }),
      )
      const again = await db.sync()
      assert.deepEqual([again.created, again.statements, again.problems], [[], [], []])
    },
  },
  {
    rule: 'R29',
    title: 'a sync that cannot make everything is refused, and makes nothing unless it may be partial',
    twoStores: true,
    async run({ openTwo }) {
      const item = k.model({ name: k.string() })
      const stricter = k.model({ name: k.string().unique() })
      const [one, two] = await openTwo(
        defineGraph({ item }),
        defineGraph({ item: stricter, extra: k.model({ name: k.string() }) }),
      )
      const { id } = await one.item.create({ name: 'x' })
      await one.item.create({ name: 'x' })
      const { problems, created } = await two.sync({ dryRun: true })
      assert.equal(problems.length, 1)
      await refused('KIN_SYNC_REFUSED', two.sync())
      assert.deepEqual((await two.sync({ dryRun: true })).created, created)
      assert.equal((await two.sync({ partial: true })).problems.length, 1)
      assert.equal(await two.extra.count(), 0)
      assert.deepEqual(await one.item.findById(id), { id, name: 'x' })
    },
  },
  {
    rule: 'R30',
    title: 'two stores race for a one-one: one of them has it',
    layouts: ['reference', 'mirror'],
    twoStores: true,
    async run({ openTwo, one: layout }) {
      const [one, two] = await openTwo(cards({ one: layout }))
      for (let round = 0; round < ROUNDS; round++) {
        const { id: user } = await one.user.create({ name: String(round) })
        const outcomes = await Promise.all([one, two].map((db) => codeOf(db.card.create({ user }))))
        assert.deepEqual(outcomes.sort(), ['KIN_ONE_TAKEN', 'done'])
        assert.equal(await two.card.count({ where: { user } }), 1)
      }
    },
  },
  {
    rule: 'R30',
    title: 'a link against a delete: it comes before and is covered, or is refused',
    layouts: ['reference', 'mirror'],
    twoStores: true,
    async run({ openTwo, one: layout }) {
      const [one, two] = await openTwo(cards({ one: layout }))
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await one.user.create({ name: String(round) })
        const calls = [
          () => one.user.delete(id, { hard: round % 4 < 2 }),
          () => two.card.create({ user: id }),
        ]
        const codes = await Promise.all((round % 2 ? calls : calls.reverse()).map((call) => codeOf(call())))
        const linked = round % 2 ? codes[1] : codes[0]
        assert.ok(codes.includes('done') && ['done', 'KIN_TARGET_NOT_FOUND'].includes(linked ?? ''))
      }
      assert.deepEqual([await one.user.count(), await one.card.count()], [0, 0])
    },
  },
  {
    rule: 'R30',
    title: 'a link against a restricted delete: one of the two is refused',
    layouts: ['reference', 'mirror'],
    twoStores: true,
    async run({ openTwo, one: layout }) {
      const [one, two] = await openTwo(cards({ one: layout }))
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await one.user.create({ name: String(round) })
        const calls = [() => one.user.delete(id), () => two.note.create({ by: id })]
        const codes = await Promise.all((round % 2 ? calls : calls.reverse()).map((call) => codeOf(call())))
        assert.equal(codes.filter((code) => code === 'done').length, 1)
      }
      assert.equal(await one.note.count({ where: { by: {} } }), await one.note.count())
    },
  },
  {
    rule: 'R30',
    title: 'a pair against a hard delete: no list names what is gone',
    layouts: ['join', 'array'],
    twoStores: true,
    async run({ openTwo, many: layout }) {
      const [one, two] = await openTwo(
        defineGraph({
          user: k.model({ name: k.string() }),
          group: k.model({ watchers: k.many('user', { layout }) }),
        }),
      )
      const { id: group } = await one.group.create({})
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await one.user.create({ name: String(round) })
        const calls = [() => one.user.delete(id), () => two.group.at(group).watchers.add(id)]
        const codes = await Promise.all((round % 2 ? calls : calls.reverse()).map((call) => codeOf(call())))
        assert.ok(codes.every((code) => code === 'done' || code === 'KIN_TARGET_NOT_FOUND'))
      }
      assert.deepEqual((await one.group.findById(group))?.watchers, [])
    },
  },
  {
    rule: 'R31',
    title: 'a write that fails dooms its transaction, caught or not',
    async run({ open }) {
      const db = await open(counters)
      const caught = db.transaction(async (tx) => {
        await tx.counter.create({ key: 'a', value: 1 })
        await refused('KIN_UNIQUE', tx.counter.create({ key: 'a', value: 2 }))
        await refused('KIN_TRANSACTION_DOOMED', tx.counter.find())
      })
      await refused('KIN_TRANSACTION_DOOMED', caught)
      assert.equal(await db.counter.count(), 0)
    },
  },
  {
    rule: 'R31',
    title: 'a transaction keeps all of it or nothing',
    async run({ open }) {
      const db = await open(counters)
      const list = [
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
        { key: 'a', value: 3 },
      ]
      await refused('KIN_UNIQUE', db.counter.createMany(list))
      assert.equal(await db.counter.count(), 0)
      const total = await db.transaction(async (tx) => {
        await tx.counter.createMany(list.slice(0, 2))
        return tx.counter.count()
      })
      assert.deepEqual([total, await db.counter.count()], [2, 2])
    },
  },
  {
    rule: 'R32',
    title: 'an update with ifVersion is refused when the record has changed',
    async run({ open }) {
      const db = await open(counters)
      const { id, version } = await db.counter.create({ key: 'a', value: 1 })
      assert.equal(version, 1)
      const first = await db.counter.update(id, { value: 2 }, { ifVersion: 1 })
      assert.equal(first.version, 2)
      await refused('KIN_VERSION_CONFLICT', db.counter.update(id, { value: 3 }, { ifVersion: 1 }))
      const both = [5, 6].map((value) => codeOf(db.counter.update(id, { value }, { ifVersion: 2 })))
      assert.deepEqual((await Promise.all(both)).sort(), ['KIN_VERSION_CONFLICT', 'done'])
    },
  },
  {
    rule: 'R33',
    title: 'updateMany sets scalars and references, and nothing nested',
    layouts: ['reference', 'mirror'],
    async run({ open, one }) {
      const db = await open(cards({ one }))
      const [a, b] = await db.user.createMany([{ name: 'a' }, { name: 'b' }])
      await db.note.createMany([{ by: a!.id }, { by: a!.id }])
      const change = { where: { by: { name: 'a' } }, data: { by: b!.id } }
      assert.deepEqual(await db.note.updateMany(change), { count: 2 })
      assert.equal(await db.user.at(b!.id).notes.count(), 2)
      const nested = { data: { notes: [] } } as unknown as { data: { name: string } }
      await refused('KIN_VALIDATION', db.user.updateMany(nested))
    },
  },
  {
    rule: 'R33',
    title: 'upserts of one key through two stores make one record',
    twoStores: true,
    async run({ openTwo }) {
      const [one, two] = await openTwo(counters)
      const upsert = (at: number) =>
        (at % 2 ? one : two).counter.upsert({
          where: { key: 'k' },
          create: { value: 1 },
          update: { value: { $inc: 1 } },
        })
      const results = await Promise.all(Array.from({ length: 8 }, (_, at) => upsert(at)))
      assert.equal(results.filter(({ created }) => created).length, 1)
      assert.deepEqual(
        (await one.counter.find()).map(({ key, value }) => [key, value]),
        [['k', 8]],
      )
    },
  },
]
