import type { Obstacle } from './obstacle.js'

/** A statement of its own, for all parents together: fits every end. */
export const batchObstacle: Obstacle = (_child, { strategies }) =>
  strategies.includes('batch') ? null : 'the store cannot read by keys'
