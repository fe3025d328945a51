/** The law once more, with many deletes and restores. */
import { describe } from 'vitest'
import { holds } from './holds.js'

describe('the law holds, with many deletes', () => {
  holds(0.5, [
    'create',
    'update',
    'link',
    'link',
    'embedded',
    'delete',
    'delete',
    'deleteMany',
    'planned',
    'plan',
    'restore',
    'restore',
    'restore',
    'purge',
    'find',
    'transaction',
  ])
})
