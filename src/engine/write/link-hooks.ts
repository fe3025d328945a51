import type { Edge, Model } from '../../schema/graph.js'
import type { LinkEvent } from '../../schema/hooks.js'
import { heldBy } from '../links/held-by.js'
import { type Pair, turned } from '../links/pair.js'
import { runHooks } from './run-hooks.js'
import type { Unit } from './unit.js'

type Kind = 'Link' | 'Unlink'

/**
 * Tells the hooks of both models that pairs are made or broken, around the write that does it.
 */
export async function aroundPairs(
  unit: Unit,
  kind: Kind,
  edge: Edge,
  pairs: readonly Pair[],
  write: () => Promise<unknown>,
): Promise<void> {
  const models = [...new Set([edge.from, edge.to])].filter((model) => isTold(model, kind))
  if (models.length === 0 || pairs.length === 0) {
    await write()
    return
  }
  const events = pairs.map((pair): LinkEvent => {
    const { owner, target, payload } = edge.holder ? pair : turned(pair)
    return { association: edge.association, holder: owner, target, payload }
  })
  const holderModel = heldBy(edge).from
  for (const model of models) await runHooks(unit, model, `before${kind}`, events)
  await write()
  for (const model of models) {
    await runHooks(unit, model, `after${kind}`, events)
    for (const { holder, target } of events) {
      unit.note(model, kind === 'Link' ? 'link' : 'unlink', model === holderModel ? holder : target)
    }
  }
}

/** A hook looks at the pairs that are made or broken. */
export const isHeard = (edge: Edge, kind: Kind): boolean => isTold(edge.from, kind) || isTold(edge.to, kind)

function isTold({ hooks }: Model, kind: Kind): boolean {
  return Boolean(hooks[`before${kind}`] ?? hooks[`after${kind}`] ?? hooks.afterCommit)
}
