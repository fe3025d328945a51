// What a user's own project would have: it is compiled and run against the installed package.
import assert from 'node:assert/strict'
import { isKinshipError, KinshipError } from 'kinship'

const error: unknown = new KinshipError('KIN_NOT_FOUND', { details: { model: 'user', ids: ['1'] } })
assert(isKinshipError(error, 'KIN_NOT_FOUND'))
const model: string = error.details.model
assert.equal(model, 'user')

console.log('the program ran')
