import { fail, unknownName } from '../../errors/index.js'
import { describeValue } from '../../schema/values/describe-value.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'

/** Refuses options that a call does not take. @param call its name, for errors */
export function checkOptions(options: unknown, known: readonly string[], call: string): void {
  if (!isPlainObject(options)) refuseArgument('options', 'an object of options', options)
  for (const name of Object.keys(options)) {
    if (known.includes(name) || options[name] === undefined) continue
    unknownName('KIN_UNKNOWN_OPTION', {
      word: name,
      kind: 'option',
      where: `"${call}"`,
      candidates: known,
      path: name,
    })
  }
}

/** An argument of the wrong kind. */
export function refuseArgument(path: string, expected: string, received: unknown, hint?: string): never {
  return fail('KIN_INVALID_ARGUMENT', {
    message: `Expected ${expected} as \`${path}\`, received ${describeValue(received)}.`,
    path,
    hint,
  })
}
