import { type ErrorId, isKinshipError, KinshipError } from '../../errors/index.js'
import type { Edge } from '../../schema/graph.js'
import { heldBy } from '../links/held-by.js'

/**
 * Runs a write that may find a one-one taken. The store knows which association it was, and not always the
 * target.
 *
 * @param targetsOf the ids that the write put into an association's reference
 */
export async function namingTaken<T>(
  edges: readonly Edge[],
  targetsOf: (edge: Edge) => readonly unknown[],
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isKinshipError(error, 'KIN_ONE_TAKEN') || error.details.target !== null) throw error
    const edge = edges.find(({ association }) => association === error.details.association)
    const targets = edge
      ? new Set(targetsOf(heldBy(edge)).filter((id) => id !== null && id !== undefined))
      : new Set()
    const [target] = targets
    if (!edge || targets.size !== 1) throw error
    throw new KinshipError('KIN_ONE_TAKEN', {
      message: `The ${edge.to.name} with id ${JSON.stringify(target)} has another ${edge.from.name} already ("${edge.association}").`,
      details: { association: edge.association, target: target as ErrorId },
      path: edge.path.join('.'),
      cause: error.cause,
    })
  }
}
