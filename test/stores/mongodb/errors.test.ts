import { type MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb'
import { describe, expect, test } from 'vitest'
import { KinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { translate } from '../../../src/stores/mongodb/errors.js'
import { modelOf } from '../common/raw.js'

const graph = defineGraph({
  user: k.model(
    {
      email: k.string().column('mail').unique(),
      address: k.object({ post: k.string().unique() }).optional(),
      first: k.string(),
      last: k.string(),
      boss: k.one('user', { inverse: 'helper' }).unique().optional(),
    },
    { unique: [['first', 'last']] },
  ),
  group: k.model({ members: k.many('user', { inverse: 'groups' }) }),
})

const server = (code: number, more: object = {}) =>
  new MongoServerError({ code, message: 'secret value', ...more })
const labelled = (error: MongoError, ...labels: string[]) => {
  for (const label of labels) error.addErrorLabel(label)
  return error
}
/** An error of another copy of the driver. */
const named = (name: string) =>
  Object.assign(new Error('x'), { name, hasErrorLabel: () => false, errorLabels: [] })
const told = (error: unknown, name: string | null = 'user') =>
  translate(error, {
    model: name === null ? null : modelOf(graph, name),
    statement: 'db.user.updateMany()',
    maxDocument: 100,
  })

describe('what the server and the driver report', () => {
  test.each([
    [{ mail: 1 }, 'KIN_UNIQUE', ['email']],
    [{ 'address.post': 1 }, 'KIN_UNIQUE', ['address.post']],
    [{ last: 1, first: 1 }, 'KIN_UNIQUE', ['first', 'last']],
    [{ _id: 1 }, 'KIN_UNIQUE', ['id']],
    [{ other: 1 }, 'KIN_UNIQUE', []],
    [undefined, 'KIN_UNIQUE', []],
  ])('11000 for the keys %j is %s of %j', (keyPattern, code, fields) => {
    const { code: found, details } = told(server(11000, { keyPattern }))
    expect([found, details]).toEqual([code, { model: 'user', fields }])
  })

  test('11000 for the reference of a one-one says so', () => {
    const { code, details } = told(server(11000, { keyPattern: { boss: 1 } }))
    expect([code, details]).toEqual(['KIN_ONE_TAKEN', { association: 'user.boss', target: null }])
  })

  test('11000 for a pair or a guard is somebody else who was faster', () => {
    expect(told(server(11000, { keyPattern: { group: 1, user: 1 } }), 'group.members').code).toBe(
      'KIN_CONFLICT',
    )
    expect(told(server(11000), null).code).toBe('KIN_CONFLICT')
  })

  test.each([
    ['a write conflict with labels', labelled(server(112), 'TransientTransactionError'), 'KIN_CONFLICT'],
    ['a write conflict without labels', server(112), 'KIN_CONFLICT'],
    ['a transaction that the server gave up', server(251), 'KIN_CONFLICT'],
    [
      'a connection that broke in a transaction',
      labelled(new MongoNetworkError('x'), 'TransientTransactionError'),
      'KIN_CONFLICT',
    ],
    [
      'a primary that steps down in a transaction',
      labelled(server(189), 'TransientTransactionError'),
      'KIN_CONFLICT',
    ],
    ['a connection that broke', new MongoNetworkError('x'), 'KIN_STORE_UNAVAILABLE'],
    ['no primary', server(10107), 'KIN_STORE_UNAVAILABLE'],
    [
      'no server',
      labelled(new MongoServerSelectionError('x', {} as never), 'TransientTransactionError'),
      'KIN_STORE_UNAVAILABLE',
    ],
    ['a document that is too large', server(10334), 'KIN_RECORD_TOO_LARGE'],
    ['a document that grows too large', server(17419), 'KIN_RECORD_TOO_LARGE'],
    [
      'a transaction that lived too long',
      labelled(server(290), 'TransientTransactionError'),
      'KIN_STORE_FAILED',
    ],
    ['no free connection', named('MongoWaitQueueTimeoutError'), 'KIN_STORE_BUSY'],
    ['a client that was closed', named('MongoClientClosedError'), 'KIN_STORE_CLOSED'],
    ['a pool that was cleared', named('MongoPoolClearedError'), 'KIN_STORE_UNAVAILABLE'],
    ['too little time', server(50, { codeName: 'MaxTimeMSExpired' }), 'KIN_STORE_FAILED'],
    ['a validator', server(121), 'KIN_STORE_FAILED'],
    ['a user without rights', server(13), 'KIN_STORE_FAILED'],
    ['anything else', server(2, { codeName: 'BadValue' }), 'KIN_STORE_FAILED'],
    ['an error of no driver', new RangeError('x'), 'KIN_STORE_FAILED'],
  ])('%s', (_name, error, code) => {
    const found = told(error)
    expect(found.code).toBe(code)
    expect(found.cause).toBe(error)
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  test('the code is named as the server names it', () => {
    expect(told(server(2, { codeName: 'BadValue' })).details).toMatchObject({ driverCode: 'BadValue' })
    expect(told(server(121)).details).toMatchObject({ driverCode: '121' })
    expect(told(new RangeError('x')).details).toMatchObject({ driverCode: null })
  })

  test("kinship's own errors pass through", () => {
    const own = new KinshipError('KIN_NOT_FOUND', { details: { model: 'user', ids: [] } })
    expect(told(own)).toBe(own)
  })
})
