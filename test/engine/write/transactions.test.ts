import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connect } from '../../../src/index.js'
import { KinshipError } from '../../../src/errors/index.js'
import type { BoundStore, Store } from '../../../src/store/store.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'
import { type Loose, open, openGraph, refusal } from './database.js'
import { shop } from './shop.js'

const graph = shop('join') as Loose

describe('db.transaction', () => {
  test('everything in it is committed together, and seen by its own reads before', async () => {
    const { db } = await openGraph(graph)
    const result = await db.transaction(async (tx: Loose) => {
      const user = await tx.user.create({ name: 'u' })
      await tx.user.at(user.id).posts.create({ title: 't' })
      expect(await tx.user.count({ where: { posts: { $some: {} } } })).toBe(1)
      return user.id
    })
    expect(await db.user.findById(result, { count: { posts: true } })).toMatchObject({ $count: { posts: 1 } })
  })

  test('an error of the callback leaves nothing behind', async () => {
    const { db, dump } = await openGraph(graph)
    const before = await dump()
    const call = db.transaction(async (tx: Loose) => {
      await tx.user.create({ name: 'u', posts: [{ title: 't' }] })
      throw new Error('mine')
    })
    await expect(call).rejects.toThrow('mine')
    expect(await dump()).toEqual(before)
  })

  test.each([
    ['refused by the data', (tx: Loose) => tx.user.create({})],
    ['refused by the options', (tx: Loose) => tx.user.create({ name: 'u' }, { populat: {} })],
    ['not found', (tx: Loose) => tx.user.update('f'.repeat(24), {})],
    [
      'refused by the database',
      (tx: Loose) =>
        tx.user.createMany([
          { name: 'a', email: 'x' },
          { name: 'b', email: 'x' },
        ]),
    ],
    ['refused by a handle', (tx: Loose) => tx.user.at('x').posts.clear()],
  ])('R31: a write that is %s dooms it, caught or not', async (_, write) => {
    const { db } = await openGraph(graph)
    let first: unknown
    let later: KinshipError[] = []
    const error = await refusal(
      db.transaction(async (tx: Loose) => {
        await tx.user.create({ name: 'kept?' })
        await write(tx).catch((caught: unknown) => (first = caught))
        later = [await refusal(tx.user.find()), await refusal(tx.user.create({ name: 'v' }))]
        return 'fine'
      }),
    )
    expect([error.code, error.cause]).toEqual(['KIN_TRANSACTION_DOOMED', first])
    const doomed = ['KIN_TRANSACTION_DOOMED', first]
    expect(later.map(({ code, cause }) => [code, cause])).toEqual([doomed, doomed])
    expect(await db.user.count()).toBe(0)
  })

  test('a read that is refused dooms nothing', async () => {
    const { db } = await openGraph(graph)
    await db.transaction(async (tx: Loose) => {
      await tx.user.create({ name: 'u' })
      expect((await refusal(tx.user.find({ where: { nam: 'x' } }))).code).toBe('KIN_UNKNOWN_FIELD')
    })
    expect(await db.user.count()).toBe(1)
  })

  test('writes started together take turns', async () => {
    const { db } = await openGraph(graph)
    const group = await db.group.create({ name: 'g' })
    const user = await db.user.create({ name: 'u' })
    const reports = await db.transaction((tx: Loose) =>
      Promise.all([1, 2, 3].map((since) => tx.group.at(group.id).members.add(user, { role: 'r', since }))),
    )
    expect(reports.map(({ added, updated }: Loose) => [added.length, updated.length])).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
    ])
  })

  test('writes that nobody awaited are part of it; a tx that has ended is refused', async () => {
    const { db } = await openGraph(graph)
    let kept: Loose
    await db.transaction(async (tx: Loose) => {
      kept = tx
      void tx.user.create({ name: 'late' })
    })
    expect(await db.user.count()).toBe(1)
    expect((await refusal(kept.user.create({ name: 'x' }))).code).toBe('KIN_TRANSACTION_MISUSE')
    expect((await refusal(kept.user.find())).code).toBe('KIN_TRANSACTION_MISUSE')
  })

  test('R28: `db` inside of its own transaction is refused, reads and writes alike', async () => {
    const { db } = await openGraph(graph)
    await db.transaction(async (tx: Loose) => {
      const calls = [
        () => db.user.find(),
        () => db.user.create({ name: 'u' }),
        () => db.transaction(async () => 1),
      ]
      for (const call of calls) expect((await refusal(call())).code).toBe('KIN_TRANSACTION_MISUSE')
      await sleep(1)
      expect((await refusal(db.user.count())).code).toBe('KIN_TRANSACTION_MISUSE')
      await tx.user.create({ name: 'u' })
    })
    expect(await db.user.count()).toBe(1)
  })

  test('options: timeout, signal, isolation, and what is none', async () => {
    const { db } = await openGraph(graph)
    const slow = async (tx: Loose): Promise<void> => {
      await tx.user.create({ name: 'u' })
      await sleep(60)
      await tx.user.create({ name: 'v' })
    }
    expect((await refusal(db.transaction(slow, { timeout: 20 }))).code).toBe('KIN_TRANSACTION_TIMEOUT')
    const signal = AbortSignal.timeout(20)
    expect((await refusal(db.transaction(slow, { signal }))).code).toBe('KIN_ABORTED')
    expect((await refusal(db.user.create({ name: 'u' }, { signal: AbortSignal.abort() }))).code).toBe(
      'KIN_ABORTED',
    )
    expect((await refusal(db.transaction(slow, { isolation: 'chaos' }))).code).toBe('KIN_CAPABILITY')
    expect((await refusal(db.transaction(slow, { isolaton: 'x' }))).code).toBe('KIN_UNKNOWN_OPTION')
    expect((await refusal(db.transaction(slow, { timeout: -1 }))).code).toBe('KIN_INVALID_ARGUMENT')
    expect((await refusal(db.transaction(slow, { retry: 1.5 }))).code).toBe('KIN_INVALID_ARGUMENT')
    expect((await refusal(db.transaction('no'))).code).toBe('KIN_INVALID_ARGUMENT')
    expect(await db.user.count()).toBe(0)
    await db.transaction(slow, { isolation: db.store.isolation[0], timeout: 5000 })
    expect(await db.user.count()).toBe(2)
  })

  test("tx.native is the driver's own handle, inside of the transaction", async () => {
    const { db } = await openGraph(graph)
    let rows: unknown
    await db
      .transaction(async (tx: Loose) => {
        await tx.user.create({ name: 'u' })
        rows = tx.native.prepare('select name from user').all()
        throw new Error('stop')
      })
      .catch(() => undefined)
    expect(rows).toEqual([{ name: 'u' }])
    expect(await db.user.count()).toBe(0)
  })
})

describe('R28: interleaved calls', () => {
  test.each(['memory', 'file'])(
    'an unrelated write waits for the transaction and survives its rollback (%s)',
    async (place) => {
      const store = testStore(place === 'file' ? { file: temporaryFile() } : {})
      const { db } = (await open(graph, store)) as Loose
      const failing = db.transaction(async (tx: Loose) => {
        await tx.user.create({ name: 'undone' })
        await sleep(20)
        throw new Error('stop')
      })
      const outside = db.user.create({ name: 'kept' })
      const read = db.user.find()
      await expect(failing).rejects.toThrow('stop')
      expect((await outside).name).toBe('kept')
      // In memory there is one connection, and a read waits, too.
      expect(await read).toHaveLength(0)
      expect((await db.user.find()).map(({ name }: Loose) => name)).toEqual(['kept'])
    },
  )

  test('reads outside see what is committed, never what is not', async () => {
    const { db } = (await open(graph, testStore({ file: temporaryFile() }))) as Loose
    const seen: number[] = []
    const writing = db.transaction(async (tx: Loose) => {
      for (let at = 0; at < 5; at++) {
        await tx.user.create({ name: 'u', posts: [{ title: 't' }] })
        await sleep(2)
      }
    })
    for (let at = 0; at < 5; at++) {
      seen.push(await db.user.count())
      await sleep(1)
    }
    await writing
    expect(seen.every((count) => count === 0 || count === 5)).toBe(true)
    expect(await db.post.count()).toBe(5)
  })

  test('a hundred writes at once, all of them whole', async () => {
    const { db } = (await open(graph, testStore({ file: temporaryFile() }))) as Loose
    const calls = Array.from({ length: 100 }, (_, at) =>
      db.user.create({ name: `u${at}`, email: `e${at % 90}`, posts: [{ title: 'a' }, { title: 'b' }] }),
    )
    const settled = await Promise.allSettled(calls)
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(10)
    expect(await db.user.count()).toBe(90)
    expect(await db.post.count()).toBe(180)
  })
})

describe('R31: serialization failures', () => {
  /** A store whose transactions fail so many times at their end, as those of other databases do. */
  function contended(failures: number): { readonly store: Store; readonly tries: () => number } {
    let tries = 0
    const inner = testStore()
    const bind: Store['bind'] = async (...given) => {
      const bound = await inner.bind(...given)
      const transaction: BoundStore['transaction'] = (options, body) =>
        bound.transaction(options, async (session) => {
          const result = await body(session)
          if (++tries <= failures) throw new KinshipError('KIN_CONFLICT', { details: { attempts: 1 } })
          return result
        })
      return new Proxy(bound, {
        get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
      })
    }
    return { store: { name: 'contended', bind, close: () => inner.close() }, tries: () => tries }
  }

  test('own operations are run again, whole and with the same result', async () => {
    const { store, tries } = contended(2)
    const db = (await connect(graph, store)) as Loose
    await db.sync()
    const user = await db.user.create({ name: 'u', posts: [{ title: 't', hashtags: [{ text: 'h' }] }] })
    expect(tries()).toBe(3)
    const shown = await db.user.findById(user.id, { populate: { posts: { populate: { hashtags: true } } } })
    expect(shown.posts[0].hashtags).toHaveLength(1)
    const counter = await db.counter.create(
      { name: 'n', children: [{ name: 'c' }] },
      { populate: { children: true } },
    )
    expect(counter.children).toHaveLength(1)
    await db.close()
  })

  test('a bounded number of times', async () => {
    const { store, tries } = contended(1000)
    const db = (await connect(graph, store)) as Loose
    await db.sync()
    const error = await refusal(db.user.create({ name: 'u' }))
    expect([error.code, error.details]).toEqual(['KIN_CONFLICT', { attempts: tries() }])
    expect(tries()).toBeLessThan(20)
    await db.close()
  })

  test('a callback is run again only when `retry` says so', async () => {
    const { store, tries } = contended(2)
    const db = (await connect(graph, store)) as Loose
    await db.sync()
    const callback = (tx: Loose): Promise<Loose> => tx.user.create({ name: 'u' })
    expect((await refusal(db.transaction(callback))).code).toBe('KIN_CONFLICT')
    expect(tries()).toBe(1)
    await db.transaction(callback, { retry: 1 })
    expect(tries()).toBe(3)
    expect(await db.user.count()).toBe(1)
    await db.close()
  })
})
