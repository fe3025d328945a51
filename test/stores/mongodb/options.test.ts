import { MongoClient } from 'mongodb'
import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { connect } from '../../../src/engine/connect.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { mongodb } from '../../../src/stores/mongodb/index.js'
import { dropMongodb, mongodbUrl } from '../../helpers/mongodb.js'
import { describeOn, mongodbServer } from '../../helpers/servers.js'

const graph = defineGraph({ note: k.model({ text: k.string() }) })

describe('options', () => {
  test.each([
    ['KIN_INVALID_ARGUMENT', 'localhost/shop'],
    ['KIN_INVALID_ARGUMENT', { url: 'postgres://localhost' }],
    ['KIN_INVALID_ARGUMENT', {}],
    ['KIN_INVALID_ARGUMENT', { url: 'mongodb://localhost', database: '' }],
    ['KIN_INVALID_ARGUMENT', { url: 'mongodb://localhost', maxTimeMS: 0 }],
    ['KIN_INVALID_ARGUMENT', { url: 'mongodb://localhost', maxClosure: 0 }],
    ['KIN_INVALID_ARGUMENT', { client: {} }],
    ['KIN_UNKNOWN_OPTION', { uri: 'mongodb://localhost' }],
    ['KIN_UNKNOWN_OPTION', { url: 'mongodb://localhost', features: { lookups: false } }],
  ] as const)('%s at once for %j', (code, given) => {
    expect(() => mongodb(given as string)).toThrow(expect.toSatisfy((error) => isKinshipError(error, code)))
  })

  test('a misspelt option names the right one', () => {
    expect(() => mongodb({ uri: 'mongodb://localhost' } as object)).toThrow(/"url"/)
  })

  test('a server that is not there is said to be so, without the password', async () => {
    const url = 'mongodb://jane:geheim@127.0.0.1:1/shop?serverSelectionTimeoutMS=200'
    const failure: unknown = await connect(graph, mongodb(url)).catch((error: unknown) => error)
    expect(isKinshipError(failure, 'KIN_STORE_OPEN_FAILED')).toBe(true)
    expect(JSON.stringify(failure)).toContain('127.0.0.1:1')
    expect(JSON.stringify(failure)).not.toContain('geheim')
  })

  test('a URL that cannot be read is an opening that failed', async () => {
    const failure: unknown = await connect(graph, mongodb('mongodb://a:geheim@:1:2/x')).catch(
      (error: unknown) => error,
    )
    expect(isKinshipError(failure, 'KIN_STORE_OPEN_FAILED')).toBe(true)
    expect(JSON.stringify(failure)).not.toContain('geheim')
  })
})

describeOn(mongodbServer(), 'on MongoDB', () => {
  test('a client that is passed in stays open, and may hold several databases', async () => {
    const client = await new MongoClient(mongodbUrl()).connect()
    const [, name = ''] = /\/([^/?]+)(?:\?|$)/.exec(mongodbUrl()) ?? []
    const [own, named] = [
      await connect(graph, mongodb(client)),
      await connect(graph, mongodb({ client, database: name })),
    ]
    await own.note.create({ text: 'own' })
    await named.note.create({ text: 'named' })
    await own.close()
    await named.close()
    await expect(own.note.count()).rejects.toSatisfy((error) => isKinshipError(error, 'KIN_STORE_CLOSED'))
    expect(await client.db(name).collection('note').distinct('text')).toEqual(['named'])
    expect(await client.db().collection('note').distinct('text')).toEqual(['own'])
    await client.close()
    await dropMongodb()
  })
})
