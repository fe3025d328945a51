import type { Edge } from '../../schema/graph.js'
import type { Unit } from '../write/unit.js'
import { cutReflections } from './reflect.js'
import { unlinkAll } from './through.js'

/**
 * Removes what is written down of these owners' pairs elsewhere than on the owners, who go for good.
 *
 * @param edge its pairs are records in between, or kept at both ends
 */
export async function clearPairs(unit: Unit, edge: Edge, owners: readonly unknown[]): Promise<void> {
  await (edge.through ? unlinkAll(unit, edge, owners) : cutReflections(unit, edge, owners))
}
