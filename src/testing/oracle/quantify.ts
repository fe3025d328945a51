/** Conditions on a list: an embedded array, or a to-many end. */
import { fail, unknownName } from '../../errors/index.js'
import { compareScalar } from './compare-scalar.js'
import { isPlain } from './values.js'
import type { World } from './world.js'

type Compile<S> = (condition: unknown, path: string) => (world: World, subject: S) => boolean

interface ListKind<S, E> {
  /** the elements that the list has for `$some`, `$every`, `$none` and `$size` */
  readonly elements: (world: World, subject: S) => readonly E[]
  /** compiles the condition on one element; null where elements cannot be filtered */
  readonly element: Compile<E> | null
  /** compiles `$contains`; null where it has no meaning */
  readonly contains: Compile<S> | null
}

/** Several operators are ANDed. R2: `$every` on an empty list is true. */
export function quantify<S, E>(
  list: ListKind<S, E>,
  condition: unknown,
  path: string,
): ReturnType<Compile<S>> {
  if (!isPlain(condition))
    return fail('KIN_INVALID_QUERY', { path, message: 'A list is filtered by operators.' })
  const tests = Object.entries(condition)
    .filter(([, operand]) => operand !== undefined)
    .map(([operator, operand]) => compileOperator(list, operator, operand, `${path}.${operator}`))
  return (world, subject) => tests.every((test) => test(world, subject))
}

function compileOperator<S, E>(
  list: ListKind<S, E>,
  operator: string,
  operand: unknown,
  path: string,
): ReturnType<Compile<S>> {
  const { elements } = list
  if (operator === '$not') {
    const test = quantify(list, operand, path)
    return (world, subject) => !test(world, subject)
  }
  if (operator === '$size') {
    const test = compareScalar({ kind: 'integer' }, operand, path)
    return (world, subject) => test(elements(world, subject).length)
  }
  if (operator === '$contains' && list.contains !== null) return list.contains(operand, path)
  if (list.element !== null) {
    if (operator === '$some') {
      const test = list.element(operand, path)
      return (world, subject) => elements(world, subject).some((element) => test(world, element))
    }
    if (operator === '$every') {
      const test = list.element(operand, path)
      return (world, subject) => elements(world, subject).every((element) => test(world, element))
    }
    if (operator === '$none') {
      const test = list.element(operand, path)
      return (world, subject) => !elements(world, subject).some((element) => test(world, element))
    }
  }
  return unknownName('KIN_UNKNOWN_OPERATOR', {
    word: operator,
    kind: 'operator',
    where: 'a condition on a list',
    candidates: ['$some', '$every', '$none', '$size', '$contains', '$not'],
    path,
  })
}
