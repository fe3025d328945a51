import { beforeAll, describe, expect, test } from 'vitest'
import { connect } from 'kinship'
import { postgres, type PostgresOptions } from 'kinship/postgres'
import { failure, onePglite, openShop, shop } from './shop.js'

// To start it takes long where the machine is busy.
beforeAll(onePglite, 120_000)

const thrown = (options: unknown): unknown => {
  try {
    postgres(options as PostgresOptions)
  } catch (error) {
    return error
  }
  return null
}

describe('options', () => {
  test('a misspelt one is refused with the right word', () => {
    expect(thrown({ urll: 'postgres://h/d' })).toMatchObject({
      code: 'KIN_UNKNOWN_OPTION',
      details: { word: 'urll', nearest: ['url'] },
    })
  })

  test.each([
    [{ url: 'mysql://h/d' }, 'url'],
    [{ url: 'postgres://h/d', database: { query() {} } }, 'url'],
    [{ database: {} }, 'database'],
    [{ driver: 'pg', directory: '/tmp/x' }, 'directory'],
    [{ schema: '' }, 'schema'],
    [{ acquireTimeout: 0 }, 'acquireTimeout'],
  ])('what cannot be is refused at once: %j', (options, path) => {
    expect(thrown(options)).toMatchObject({ code: 'KIN_INVALID_ARGUMENT', path })
  })

  test('a server that does not answer is named without its password', async () => {
    const error = await failure(connect(shop, postgres('postgres://jane:secret@127.0.0.1:1/shop')))
    expect(error).toMatchObject({ code: 'KIN_STORE_OPEN_FAILED', details: { store: 'postgres' } })
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(error.message).toContain('127.0.0.1:1/shop')
  })

  // To start it takes long where the machine is busy.
  test('PGlite is opened by name or passed in, and then stays open', { timeout: 120_000 }, async () => {
    const opened = await connect(shop, postgres({ driver: 'pglite' }))
    expect(opened.store.description).toMatch(/^PostgreSQL \d+\.\d+ through PGlite$/)
    await opened.close()
    const lite = await onePglite()
    const db = await connect(shop, postgres(lite))
    await db.close()
    expect((await lite.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('a mirror is a graph fault', async () => {
    const { defineGraph, k } = await import('kinship')
    const graph = defineGraph({
      group: k.model({ members: k.many('user', { inverse: 'groups', layout: 'mirror' }) }),
      user: k.model({}),
    })
    expect(await failure(connect(graph, postgres(await onePglite())))).toMatchObject({
      code: 'KIN_GRAPH_FAULTS',
      details: { faults: [{ code: 'illegal-layout', model: 'group', field: 'members' }] },
    })
  })

  test('tables of one schema are not those of another', async () => {
    const lite = await onePglite()
    const before = await lite.query<{ search_path: string }>('show search_path')
    const [one, two] = [await openShop(lite), await openShop(lite)]
    await one.tag.create({ name: 'a' })
    expect([await one.tag.count(), await two.tag.count()]).toEqual([1, 0])
    const { rows } = await lite.query<{ search_path: string }>('show search_path')
    expect(rows[0]?.search_path).toBe(before.rows[0]?.search_path)
  })

  test('without a schema, tables are where the search path begins', async () => {
    const lite = await onePglite()
    const db = await connect(shop, postgres(lite))
    await db.sync()
    await db.tag.create({ name: 'a' })
    expect((await lite.query('select name from public.tag')).rows).toEqual([{ name: 'a' }])
    await db.close()
  })
})
