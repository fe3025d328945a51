/** The law: what a caller observes is the same in every layout, read by every strategy, and what the oracle says. */
import { describe } from 'vitest'
import { holds } from './holds.js'

describe('the law holds', () => {
  holds(0.5)
})
