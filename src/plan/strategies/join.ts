import type { Obstacle } from './obstacle.js'

/** In the parent's statement: for ends that lead to one record at most. */
export const joinObstacle: Obstacle = ({ edge, latest }, { strategies }) => {
  if (!strategies.includes('join')) return 'the store cannot join'
  if (edge.embedded) return 'its ids sit inside an embedded structure'
  if (edge.many) return 'it leads to many records'
  if (latest) return 'several deleted records may stand at this end'
  return null
}
