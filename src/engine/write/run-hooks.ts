import type { Graph, Model } from '../../schema/graph.js'
import type { Hooks } from '../../schema/hooks.js'
import type { Cause, Unit } from './unit.js'

/** Hooks that run inside of the transaction. */
export type HookName = Exclude<keyof Hooks, 'afterCommit'>
type EventOf<N extends HookName> = Parameters<NonNullable<Hooks[N]>>[0]

/** Runs one of a model's hooks for each event, one after another. */
export async function runHooks<N extends HookName>(
  unit: Unit,
  model: Model,
  name: N,
  events: readonly EventOf<N>[],
  cause: Cause = 'user',
): Promise<void> {
  const hook = model.hooks[name] as ((event: EventOf<N>, context: object) => void | Promise<void>) | undefined
  if (!hook || events.length === 0) return
  await unit.hooks.run(async (db) => {
    for (const event of events) await hook(event, { db, model: model.name, cause })
  })
}

const hooked = new WeakMap<Graph, boolean>()

/**
 * Whether any hook of the graph runs inside of transactions: what was written may then change before the
 * write ends.
 */
export function hasHooks(graph: Graph): boolean {
  let known = hooked.get(graph)
  if (known === undefined) {
    known = [...graph.models.values()].some((model) =>
      Object.keys(model.hooks).some((name) => name !== 'afterCommit'),
    )
    hooked.set(graph, known)
  }
  return known
}
