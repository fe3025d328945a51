import { fail, unknownName } from '../errors/index.js'

/** Every option that some query takes: for telling one that does not fit here from one that does not exist. */
const everyOption: ReadonlySet<string> = new Set([
  'where',
  'select',
  'omit',
  'reveal',
  'orderBy',
  'limit',
  'offset',
  'after',
  'populate',
  'count',
  'deleted',
  'strategy',
  'signal',
  'total',
])

/** An option that does not exist, or does not fit here. */
export function unknownOption(word: string, fitting: readonly string[], where: string, path: string): never {
  if (!everyOption.has(word)) {
    return unknownName('KIN_UNKNOWN_OPTION', { word, kind: 'option', where, candidates: fitting, path })
  }
  return fail('KIN_INVALID_QUERY', {
    message: `The option "${word}" does not apply to ${where}.`,
    path,
    hint: `Options here: ${fitting.join(', ')}.`,
  })
}
