/** R36: what is sent to the database. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { LogEntry } from '../../store/store.js'
import type { ConformanceCase } from './conformance-case.js'

export const statementCases: readonly ConformanceCase[] = [
  {
    rule: 'R36',
    title: 'a set of ids is one parameter, however large',
    async run({ open }) {
      const log: LogEntry[] = []
      const db = await open(
        defineGraph({ item: k.model({ id: k.id.integer(), name: k.string() }) }),
        (entry) => log.push(entry),
      )
      await db.item.createMany([{ name: 'a' }, { name: 'b' }])
      log.length = 0
      for (const size of [1, 3, 40_000]) {
        const $in = Array.from({ length: size }, (_, at) => at + 1)
        assert.equal((await db.item.find({ where: { id: { $in } } })).length, Math.min(size, 2))
      }
      assert.equal(log.length, 3)
      assert.equal(new Set(log.map(({ statement }) => statement)).size, 1)
      assert.equal(new Set(log.map(({ parameters }) => parameters.length)).size, 1)
    },
  },
  {
    rule: 'R36',
    title: 'a tree is loaded by as many statements for many records as for one',
    layouts: ['join', 'array', 'mirror'],
    async run({ open, many: layout }) {
      const log: LogEntry[] = []
      const db = await open(
        defineGraph({
          user: k.model({ name: k.string() }),
          group: k.model({ name: k.string(), members: k.many('user', { inverse: 'groups', layout }) }),
        }),
        (entry) => log.push(entry),
      )
      const load = async (limit: number): Promise<number> => {
        log.length = 0
        const populate = { members: { populate: { groups: true } } } as const
        const groups = await db.group.find({ limit, populate })
        assert.equal(groups.length, limit)
        assert.ok(groups.every(({ members }) => members.length === 2 && members[0]?.groups.length === 30))
        return log.length
      }
      const users = (await db.user.createMany([{ name: 'a' }, { name: 'b' }])).map(({ id }) => id)
      await db.group.createMany(Array.from({ length: 30 }, (_, at) => ({ name: `${at}`, members: users })))
      assert.equal(await load(30), await load(1))
      // A store may read pairs and their targets apart.
      assert.ok((await load(30)) <= 5)
    },
  },
  {
    rule: 'R36',
    title: 'nested data is written as deep as it goes, in one transaction',
    layouts: ['reference', 'mirror'],
    async run({ open, one }) {
      const log: LogEntry[] = []
      const node = k.model({
        name: k.string(),
        up: k.one('node', { inverse: 'down', layout: one }).optional(),
      })
      const db = await open(defineGraph({ node }), (entry) => log.push(entry))
      log.length = 0
      await db.node.create({
        name: '1',
        down: [{ name: '2', down: [{ name: '3', down: [{ name: '4' }, { name: '5' }] }] }],
      })
      assert.deepEqual(
        log.filter(({ kind }) => kind === 'begin' || kind === 'commit').map(({ kind }) => kind),
        ['begin', 'commit'],
      )
      assert.equal(await db.node.count({ where: { up: { up: { up: { name: '1' } } } } }), 2)
    },
  },
]
