import { describe, expect, test } from 'vitest'
import { connect } from '../../../src/index.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'
import { startChild } from '../delete/child.js'
import { type Loose, refusal, rowsOf } from './database.js'
import { shop } from './shop.js'

const graph = shop('join') as Loose

async function connections(
  count: number,
): Promise<{ readonly file: string; readonly all: readonly Loose[] }> {
  const file = temporaryFile()
  const all: Loose[] = []
  for (let at = 0; at < count; at++) all.push(await connect(graph, testStore({ file })))
  await all[0].sync()
  return { file, all }
}

const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    async () => (await refusal(call)).code,
  )

describe('R8, R14: a one-one has one holder, whoever races for it', () => {
  test('two connections: one is taken, from the holder end', async () => {
    const { all } = await connections(2)
    const [one, two] = all
    for (let round = 0; round < 20; round++) {
      const user = await one.user.create({ name: 'u' })
      const results = await Promise.all([
        outcome(one.profile.create({ user })),
        outcome(two.profile.create({ user })),
        outcome(two.user.at(user.id).profile.create({ bio: 'x' })),
      ])
      expect(results.filter((result) => result === 'done')).toHaveLength(1)
      expect(new Set(results)).toEqual(
        new Set(
          results.includes('KIN_REQUIRED_REFERENCE')
            ? ['done', 'KIN_ONE_TAKEN', 'KIN_REQUIRED_REFERENCE']
            : ['done', 'KIN_ONE_TAKEN'],
        ),
      )
    }
    expect(await one.profile.count()).toBe(20)
    for (const db of all) await db.close()
  })

  test('two connections: from the inverse end each displaces the one before', async () => {
    const { all } = await connections(2)
    const [one, two] = all
    const user = await one.user.create({ name: 'u' })
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 ? one : two).user.at(user.id).badge.create({ label: String(at) }),
      ),
    )
    const rows = await rowsOf(one, 'badge')
    expect(rows).toHaveLength(20)
    expect(rows.filter((row) => row['user'] !== null)).toHaveLength(1)
    for (const db of all) await db.close()
  })

  test('two processes', async () => {
    const { file, all } = await connections(1)
    const [db] = all
    const list = await db.user.createMany(Array.from({ length: 30 }, (_, at) => ({ name: String(at) })))
    const users: string[] = list.map(({ id }: Loose) => id)
    const child = startChild('../write/race-child.ts', file, ...users)
    await child.ready
    for (const user of users) {
      await outcome(db.profile.create({ bio: 'parent', user }))
      await db.user.at(user).badge.create({ label: 'parent' })
      await db.user.upsert({
        where: { email: user },
        create: { name: 'x', age: 1 },
        update: { age: { $inc: 1 } },
      })
    }
    expect(await child.ended).toBe(0)
    expect(await db.profile.count()).toBe(30)
    const holders = (await rowsOf(db, 'badge')).filter((row) => row['user'] !== null)
    expect(new Set(holders.map((row) => row['user']))).toEqual(new Set(users))
    expect(holders).toHaveLength(30)
    const counted = await db.user.find({ where: { name: 'x' } })
    expect(counted.map(({ age }: Loose) => age)).toEqual(Array(30).fill(2))
    await db.close()
  })
})

describe('concurrent handles', () => {
  test('R13: a pair added from both ends at once is one pair', async () => {
    const { all } = await connections(2)
    const [one, two] = all
    const user = await one.user.create({ name: 'u' })
    const group = await one.group.create({ name: 'g' })
    const reports = await Promise.all([
      one.group.at(group.id).members.add(user, { role: 'a' }),
      two.user.at(user.id).groups.add(group, { role: 'b' }),
      one.group.at(group.id).members.add(user, { role: 'c' }),
    ])
    expect(reports.filter(({ added }: Loose) => added.length === 1)).toHaveLength(1)
    expect(await rowsOf(one, 'group_members')).toHaveLength(1)
    for (const db of all) await db.close()
  })

  test('$inc and ifVersion lose nothing', async () => {
    const { all } = await connections(2)
    const [one, two] = all
    const user = await one.user.create({ name: 'u', age: 0 })
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => (at % 2 ? one : two).user.update(user.id, { age: { $inc: 1 } })),
    )
    expect(await one.user.findById(user.id)).toMatchObject({ age: 40, version: 41 })
    const results = await Promise.all(
      [one, two, one, two].map((db, at) =>
        outcome(db.user.update(user.id, { name: `n${at}` }, { ifVersion: 41 })),
      ),
    )
    expect(results.toSorted()).toEqual([
      'KIN_VERSION_CONFLICT',
      'KIN_VERSION_CONFLICT',
      'KIN_VERSION_CONFLICT',
      'done',
    ])
    for (const db of all) await db.close()
  })
})
