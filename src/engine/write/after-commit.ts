import type { CommitEvent } from '../../schema/hooks.js'
import type { EngineContext } from '../context.js'
import { groupBy } from '../links/group-by.js'

/**
 * Tells each model's `afterCommit` hook, once, what was committed (R27). A hook that throws does not undo it.
 */
export async function tellCommitted(context: EngineContext, events: readonly CommitEvent[]): Promise<void> {
  if (events.length === 0) return
  const db = context.databaseOf(context)
  const failures: unknown[] = []
  for (const [name, own] of groupBy(events, (event) => event.model)) {
    try {
      await context.graph.models.get(name)?.hooks.afterCommit?.(own, { db, model: name })
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
