/** R30: a popular target does not serialise those who refer to it. */
import { expect, test } from 'vitest'
import { connect } from '../../src/index.js'
import type { LogEntry } from '../../src/store/store.js'
import { describeStores, openAt, sharedStores } from '../helpers/stores.js'
import { family, familyIn } from './family.js'

const AT_ONCE = 30

describeStores(sharedStores, (store) => {
  test(`R30, R31: ${AT_ONCE} creates under one parent at the same time all succeed`, async () => {
    const log: LogEntry[] = []
    const db = await connect(family, openAt(store.newPlace()), { log: (entry) => log.push(entry) })
    await db.sync()
    const { id: author } = await db.user.create({ name: 'popular' })
    log.splice(0)
    const posts = await Promise.all(Array.from({ length: AT_ONCE }, () => db.post.create({ author })))
    const attempts = log.filter(({ kind }) => kind === 'begin').length
    const conflicts = log.filter(({ kind }) => kind === 'rollback').length
    console.log(
      `${store.name}: ${AT_ONCE} creates at once, ${attempts} transactions, ${conflicts} rolled back`,
    )
    expect(new Set(posts.map(({ id }) => id)).size).toBe(AT_ONCE)
    expect(await db.user.at(author).posts.count()).toBe(AT_ONCE)
    await db.close()
  })

  test.each(store.layouts)(
    'R30, R31: pairs of many with one target at the same time, layout %s, are all added',
    async (layout) => {
      const db = await connect(familyIn(layout), openAt(store.newPlace()))
      await db.sync()
      const user = await db.user.create({ name: 'popular' })
      // A mirror is a list on the target, which one after the other has to change.
      const length = layout === 'mirror' ? AT_ONCE / 3 : AT_ONCE
      const groups = await db.group.createMany(Array.from({ length }, () => ({})))
      const reports = await Promise.all(groups.map(({ id }) => db.group.at(id).members.add(user)))
      expect(reports.map(({ added }) => added)).toEqual(groups.map(() => [user.id]))
      expect(await db.user.at(user.id).groups.count()).toBe(length)
      await db.close()
    },
  )
})
