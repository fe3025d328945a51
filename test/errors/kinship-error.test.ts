import { describe, expect, test } from 'vitest'
import { fail, isKinshipError, KinshipError } from '../../src/errors/index.js'

const taken = () =>
  new KinshipError('KIN_UNIQUE', {
    message: 'Another live user has this email.',
    details: { model: 'user', fields: ['email'] },
    path: 'email',
    cause: new Error('SQLITE_CONSTRAINT_UNIQUE'),
  })

describe('KinshipError', () => {
  test('carries code, status, message, details, path and cause', () => {
    const error = taken()
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'KinshipError',
      code: 'KIN_UNIQUE',
      status: 409,
      message: 'Another live user has this email.',
      details: { model: 'user', fields: ['email'] },
      path: 'email',
      hint: undefined,
      cause: { message: 'SQLITE_CONSTRAINT_UNIQUE' },
    })
    expect(String(error)).toBe('KinshipError: Another live user has this email.')
    expect(error.stack).toContain('kinship-error.test.ts')
  })

  test('takes message and hint from the catalogue where the occasion has none', () => {
    const error = new KinshipError('KIN_TRANSACTION_MISUSE', {})
    expect(error.message).toBe('`db` was used inside its own transaction.')
    expect(error.hint).toBe('Use the `tx` that the transaction callback receives.')
    expect(error.details).toBeUndefined()
    expect('cause' in error).toBe(false)
  })

  test('prefers the hint of the occasion', () => {
    const error = new KinshipError('KIN_TRANSACTION_MISUSE', { hint: 'Use `tx.user`.' })
    expect(error.hint).toBe('Use `tx.user`.')
  })

  test('becomes JSON without stack and cause, and without what it does not have', () => {
    expect(JSON.parse(JSON.stringify(taken()))).toEqual({
      name: 'KinshipError',
      code: 'KIN_UNIQUE',
      status: 409,
      message: 'Another live user has this email.',
      path: 'email',
      details: { model: 'user', fields: ['email'] },
    })
  })

  test('is thrown by fail', () => {
    const failing = () => fail('KIN_CONFLICT', { details: { attempts: 5 } })
    expect(failing).toThrow(KinshipError)
    expect(failing).toThrow('Concurrent writes kept this one from succeeding.')
  })
})

describe('isKinshipError', () => {
  test('tells errors of the package from others', () => {
    expect(isKinshipError(taken())).toBe(true)
    expect(isKinshipError(new Error('other'))).toBe(false)
    expect(isKinshipError({ name: 'KinshipError', code: 'KIN_UNIQUE' })).toBe(false)
    expect(isKinshipError(undefined)).toBe(false)
  })

  test('tells codes apart', () => {
    expect(isKinshipError(taken(), 'KIN_UNIQUE')).toBe(true)
    expect(isKinshipError(taken(), 'KIN_NOT_FOUND')).toBe(false)
  })

  test('knows an error of another copy of the package', () => {
    class KinshipErrorOfAnotherCopy extends Error {
      override readonly name = 'KinshipError'
      readonly code = 'KIN_UNIQUE'
    }
    expect(isKinshipError(new KinshipErrorOfAnotherCopy(), 'KIN_UNIQUE')).toBe(true)
  })
})
