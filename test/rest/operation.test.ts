import { setTimeout as sleep } from 'node:timers/promises'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/servers/free-port.mjs'
import { startPostgres } from '../../scripts/servers/postgres.mjs'
import { connect } from '../../src/engine/connect.js'
import { kinshipRest } from '../../src/rest/index.js'
import { postgres } from '../../src/stores/postgres/index.js'
import { blog } from '../fixtures/graphs.js'
import { describeOn, postgresServer } from '../helpers/servers.js'
import { testStore } from '../helpers/sqlite.js'
import { type Any, serve } from './support.js'

const open: (() => Promise<unknown>)[] = []

afterAll(async () => {
  for (const close of open.splice(0)) await close()
})

/** Statuses of a read, a write and the health check. */
async function statuses(app: FastifyInstance): Promise<number[]> {
  const answers = [
    await app.inject('/hashtag'),
    await app.inject({ method: 'POST', url: '/hashtag', payload: { text: String(Math.random()) } }),
    await app.inject('/health'),
  ]
  return answers.map((answer) => answer.statusCode)
}

describe('a database that is away', () => {
  test('is 503, with a time to try again, and without words from inside', async () => {
    const { app, db, send } = await serve(blog)
    expect(await statuses(app)).toEqual([200, 201, 200])
    await db.close()
    expect(await statuses(app)).toEqual([503, 503, 503])
    const { headers, problem } = await send('GET /health')
    expect(headers['retry-after']).toBe('1')
    expect(problem).toMatchObject({ code: 'KIN_STORE_CLOSED', detail: 'The store is closed.' })
  })

  describeOn(postgresServer(), 'on PostgreSQL', () => {
    test('is 503 until it is back, and then all is well without a restart', async () => {
      const port = await freePort()
      const first = await startPostgres({ port })
      const db = await connect(blog, postgres(first.url))
      await db.sync()
      const app = fastify()
      await app.register(kinshipRest, { db, docs: false })
      open.push(
        () => app.close(),
        () => db.close(),
      )
      expect(await statuses(app)).toEqual([200, 201, 200])
      await first.stop()
      expect(await statuses(app)).toEqual([503, 503, 503])
      const { body } = await app.inject('/hashtag')
      expect(body).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|select/i)
      const second = await startPostgres({ port })
      open.push(() => second.stop())
      await db.sync()
      expect(await statuses(app)).toEqual([200, 201, 200])
    }, 60_000)
  })
})

describe('requests', () => {
  test('that take too long are 503', async () => {
    const authorize = async () => {
      await sleep(30)
      return true
    }
    const { send } = await serve(blog, { limits: { time: 10 }, authorize })
    const { status, headers, problem } = await send('GET /user')
    expect({ status, retry: headers['retry-after'], code: problem.code }).toEqual({
      status: 503,
      retry: '1',
      code: 'KIN_ABORTED',
    })
  })

  test('in flight are finished when the server closes', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    let arrived = () => {}
    const arrival = new Promise<void>((resolve) => (arrived = resolve))
    const authorize = async () => {
      arrived()
      await gate
      return true
    }
    const { app, db } = await serve(blog, {
      authorize,
      prepare: (host) => void host.addHook('onClose', () => db.close()),
    })
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const answer = fetch(`${address}/user`, {
      method: 'POST',
      body: '{"name":"A","email":"a@x"}',
      headers: { 'content-type': 'application/json' },
    })
    await arrival
    const closed = app.close()
    release()
    expect((await answer).status).toBe(201)
    await closed
    await expect(fetch(`${address}/user`)).rejects.toThrow('fetch failed')
  })

  test('are logged with their ids, and what failed with its error', async () => {
    const lines: Any[] = []
    const stream = { write: (line: string) => void lines.push(JSON.parse(line)) }
    const db = await connect(blog, testStore())
    const app = fastify({ logger: { level: 'info', stream } })
    open.push(() => app.close())
    await app.register(kinshipRest, { db, docs: false })
    const broken = await app.inject('/user')
    expect(broken.json()).toMatchObject({ status: 500, code: 'KIN_SCHEMA_MISMATCH', requestId: 'req-1' })
    expect(broken.body).not.toMatch(/select|no such table/i)
    const wrong = await app.inject('/user?x=1')
    expect(wrong.json().requestId).toBe('req-2')
    const failed = lines.find((line) => line.level === 50)
    expect(failed).toMatchObject({
      reqId: 'req-1',
      err: { type: 'KinshipError', code: 'KIN_SCHEMA_MISMATCH' },
    })
    const told = lines.find((line) => line.code === 'KIN_UNKNOWN_FIELD')
    expect(told).toMatchObject({ reqId: 'req-2', level: 30 })
  })
})

describe('a plan', () => {
  test('is made once for a shape of request, whatever its values', async () => {
    const { log, send } = await serve(blog)
    const statements = async (request: string): Promise<string[]> => {
      log.length = 0
      await send(request)
      return log.map((entry) => entry.statement)
    }
    const first = await statements('GET /user?age[$gte]=3&$embed=posts&$limit=5')
    expect(first).toHaveLength(2)
    expect(await statements('GET /user?age[$gte]=99&$embed=posts&$limit=7')).toEqual(first)
    expect(await statements('GET /user?$total=false')).toHaveLength(1)
  })
})
