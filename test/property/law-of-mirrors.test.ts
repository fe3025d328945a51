/** The law in layouts with mirrors: what is written down at both ends says the same at both. */
import { describe } from 'vitest'
import { holds } from './holds.js'
import { everyMirror } from './variants.js'

describe('the law holds, with mirrors', () => {
  holds(0.5, undefined, everyMirror)
})
