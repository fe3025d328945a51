import { fail, unknownName } from '../errors/index.js'
import { describeValue } from '../schema/values/describe-value.js'
import { everyOperator } from './operators.js'

/** Something stands where something else is expected. */
export function refuseShape(path: string, expected: string, received: unknown, hint?: string): never {
  return fail('KIN_INVALID_QUERY', {
    message: `Expected ${expected} in ${path}, received ${describeValue(received)}.`,
    path,
    hint,
  })
}

/** Null stands where only a value has a meaning. */
export function refuseNull(path: string, expected: string): never {
  return fail('KIN_INVALID_VALUE', {
    message: `Expected ${expected} in ${path}, received null.`,
    path,
    hint: 'Null is tested for with equality or $exists.',
    details: { expected, received: 'null' },
  })
}

/** An operator that does not exist, or does not fit here. */
export function refuseOperator(word: string, where: string, fitting: readonly string[], path: string): never {
  if (!word.startsWith('$')) {
    return unknownName('KIN_UNKNOWN_OPERATOR', { word, kind: 'operator', where, candidates: fitting, path })
  }
  if (!everyOperator.has(word)) {
    const candidates = fitting.length === 0 ? everyOperator : fitting
    return unknownName('KIN_UNKNOWN_OPERATOR', { word, kind: 'operator', where, candidates, path })
  }
  return fail('KIN_INVALID_QUERY', {
    message: `The operator "${word}" does not apply to ${where}.`,
    path,
    hint: fitting.length === 0 ? 'Nothing can be tested here.' : `Operators here: ${fitting.join(', ')}.`,
  })
}
