import { unknownName } from '../errors/index.js'
import { refuseShape } from './refuse.js'
import type { Deleted } from './visibility.js'

const modes: readonly string[] = ['exclude', 'include', 'only']

/** @param around the mode of the node around, which `'inherit'` takes; null where there is none */
export function parseDeleted(value: unknown, around: Deleted | null, path: string): Deleted {
  if (value === undefined) return 'exclude'
  if (typeof value !== 'string') return refuseShape(path, `'exclude', 'include' or 'only'`, value)
  if (value === 'inherit' && around) return around
  if (modes.includes(value)) return value as Deleted
  const candidates = around ? [...modes, 'inherit'] : modes
  return unknownName('KIN_UNKNOWN_OPTION', {
    word: value,
    kind: 'mode',
    where: '`deleted`',
    candidates,
    path,
  })
}
