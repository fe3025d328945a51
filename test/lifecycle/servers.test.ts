/** A server that is not there, goes away, and comes back. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/servers/free-port.mjs'
import { connect, isKinshipError } from '../../src/index.js'
import { type Place, storeAt } from '../helpers/places.js'
import { describeStores, openAt, serverStores } from '../helpers/stores.js'
import { notes } from './notes.js'
import { type Proxy, startProxy } from './proxy.js'

/** How long a call may take that cannot succeed, in milliseconds. */
const SOON = 15_000

function urlOf(place: Place): URL {
  if (!('url' in place)) throw new Error(`${place.store} is no server`)
  return new URL(place.url)
}

/** The same database, its server looked for at another port of this machine. */
function atPort(place: Place, port: number): Place {
  const url = urlOf(place)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  // A driver that looks at a whole replica set goes to the members that it names, and past a proxy.
  if (place.store === 'mongodb') {
    url.searchParams.delete('replicaSet')
    url.searchParams.set('directConnection', 'true')
  }
  return { ...place, url: String(url) } as Place
}

async function through(place: Place): Promise<{ readonly proxy: Proxy; readonly place: Place }> {
  const { hostname, port } = urlOf(place)
  const proxy = await startProxy({ host: hostname, port: Number(port) })
  return { proxy, place: atPort(place, proxy.port) }
}

async function failure(call: Promise<unknown>) {
  try {
    await call
  } catch (error) {
    if (isKinshipError(error)) return error
    throw error
  }
  throw new Error('The call did not fail')
}

describeStores(serverStores, (store) => {
  test('connecting to a server that is not there fails soon, with its place', async () => {
    const place = atPort(store.newPlace(), await freePort())
    const began = performance.now()
    const error = await failure(connect(notes, storeAt(place)))
    expect(error.code).toBe('KIN_STORE_OPEN_FAILED')
    expect(error.details).toMatchObject({ location: expect.stringContaining('127.0.0.1') as string })
    expect(error.cause).toBeInstanceOf(Error)
    expect(performance.now() - began).toBeLessThan(SOON)
  })

  test('a store that could not be opened is opened when the server is there', async () => {
    const { proxy, place } = await through(store.newPlace())
    await proxy.cut()
    const opened = openAt(place)
    await failure(connect(notes, opened))
    await proxy.restore()
    const db = await connect(notes, opened)
    await db.sync()
    expect(await db.note.count()).toBe(0)
    await db.close()
    await proxy.cut()
  })

  describe('a server that goes away', () => {
    test('fails reads and writes soon and typed; the next call after its return connects anew', async () => {
      const { proxy, place } = await through(store.newPlace())
      const db = await connect(notes, openAt(place))
      await db.sync()
      await db.note.create({ text: 'before' })
      await Promise.all(Array.from({ length: 5 }, () => db.note.find()))

      await proxy.cut()
      const began = performance.now()
      const errors = await Promise.all([failure(db.note.find()), failure(db.note.create({ text: 'lost' }))])
      expect(errors.map(({ code }) => code)).toEqual(['KIN_STORE_UNAVAILABLE', 'KIN_STORE_UNAVAILABLE'])
      expect(performance.now() - began).toBeLessThan(SOON)

      await proxy.restore()
      await db.note.create({ text: 'after' })
      expect((await db.note.find()).map(({ text }) => text)).toEqual(['before', 'after'])
      await db.close()
      await proxy.cut()
    })

    test('in the middle of a transaction, rolls it back; nothing else is disturbed', async () => {
      const home = await store.placeToCrash()
      const { proxy, place } = await through(home)
      const db = await connect(notes, openAt(place))
      await db.sync()
      const error = await failure(
        db.transaction(async (tx) => {
          await tx.note.create({ text: 'half' })
          await proxy.cut()
          await tx.note.create({ text: 'other half' })
        }),
      )
      // MongoDB calls that a transaction that may be run again, if it has not noticed before that nobody is there.
      const codes = ['KIN_STORE_UNAVAILABLE', ...(store.name === 'mongodb' ? ['KIN_CONFLICT'] : [])]
      expect(codes).toContain(error.code)
      await store.afterCrash(home)
      await proxy.restore()
      expect(await db.note.count()).toBe(0)
      await db.note.create({ text: 'whole' })
      expect(await db.note.count()).toBe(1)
      await db.close()
      await proxy.cut()
    })

    test('closing a database whose server is gone ends, too', async () => {
      const { proxy, place } = await through(store.newPlace())
      const db = await connect(notes, openAt(place))
      await db.sync()
      await proxy.cut()
      const ended = await Promise.race([db.close().then(() => 'closed'), sleep(SOON, 'hangs')])
      expect(ended).toBe('closed')
    })
  })
})
