import { boundaryNode, pathOf } from '../../plan/boundary.js'
import { chooseStrategies } from '../../plan/choose-strategy.js'
import type { ValueTerm } from '../../plan/keyset.js'
import { idFieldOf } from './id-field.js'
import type { Row } from './parents.js'
import { perform } from './perform.js'
import { prepareNode } from './prepare.js'
import type { Reader } from './reader.js'

/** A record's value in a term that lies beyond other records. One statement. */
export async function boundaryValue(
  { context, model, plans }: Reader,
  key: string,
  term: ValueTerm,
  id: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { visibility, store } = context
  const prepared = plans.boundary.take(key, () => {
    const node = boundaryNode(model, idFieldOf(model), term, { slot: visibility.values.length })
    return prepareNode(context, chooseStrategies({ node, strategy: null }, store.capabilities))
  })
  const { rows } = await perform(context, prepared, [...visibility.values, id], signal)
  return pathOf(term).reduce<unknown>((held, name) => (held as Row | null)?.[name] ?? null, rows[0] ?? null)
}
