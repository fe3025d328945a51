/** Starting and closing, on every store. */
import { expect, test } from 'vitest'
import { connect } from '../../src/index.js'
import { describeStores, openAt, sharedStores } from '../helpers/stores.js'
import { startChild } from '../races/child.js'
import { notes } from './notes.js'

describeStores(sharedStores, (store) => {
  test('a process that has closed its database ends by itself', async () => {
    const child = startChild('../lifecycle/work-child.ts', store.newPlace())
    await child.ready
    const began = performance.now()
    expect(await child.ended).toBe(0)
    // It prints when it has closed.
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  test('a store that was closed opens again with the next connect', async () => {
    const opened = openAt(store.newPlace())
    const first = await connect(notes, opened)
    await first.sync()
    await first.note.create({ text: 'kept' })
    await first.close()
    await expect(first.note.find()).rejects.toMatchObject({ code: 'KIN_STORE_CLOSED' })
    const second = await connect(notes, opened)
    expect(await second.note.find({ select: ['text'] })).toEqual([{ text: 'kept' }])
    await second.close()
  })

  test('closing waits for what is being written, and may be done twice', async () => {
    const place = store.newPlace()
    const db = await connect(notes, openAt(place))
    await db.sync()
    const writing = db.note.create({ text: 'last' })
    await Promise.all([db.close(), db.close(), writing])
    const again = await connect(notes, openAt(place))
    expect(await again.note.count()).toBe(1)
    await again.close()
  })
})
