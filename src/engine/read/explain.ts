import type { SettledChild, SettledNode } from '../../plan/draft.js'
import { calls } from '../../plan/parse-query.js'
import { queryKey } from '../../plan/shape-key.js'
import { readValues } from '../../plan/slots.js'
import type { Edge } from '../../schema/graph.js'
import type { ExplainedStep, Explanation } from '../../types/reports.js'
import type { Call } from './call.js'
import { prepareRead } from './prepare.js'
import type { PreparedStep } from './prepared.js'
import type { Reader } from './reader.js'

/** How `find` would carry out the query. Sends nothing. */
export async function explain({ context, model, plans }: Reader, query?: Call): Promise<Explanation> {
  const { visibility, store } = context
  const values = [...visibility.values]
  const key = queryKey(query, model, values)
  const prepared = plans.find.take(key, () => prepareRead(context, model, calls.find, query, values))
  readValues(prepared.slots, values, visibility.values.length)
  const { root, node } = prepared
  const steps: ExplainedStep[] = [
    {
      path: '',
      model: model.name,
      strategy: 'root',
      statement: root.compiled.statement,
      reason: 'the records of the query',
    },
    ...explainBelow(node, root, []),
  ]
  const masks = prepared.masks.map((mask) => mask.visibleIds.statement)
  const statements = [...new Set(steps.map((step) => step.statement)), ...masks]
  const { capabilities } = store
  return { steps, statements, capabilities, toString: () => print(steps, masks, capabilities.description) }
}

/** @param step the step whose statement the node is part of */
function explainBelow(node: SettledNode, step: PreparedStep, around: readonly string[]): ExplainedStep[] {
  return node.children.flatMap((child) => {
    const path = [...around, ...child.path]
    const own = step.batches.find((batch) => batch.plan.child === child)?.step ?? step
    return [explainChild(child, own, path), ...explainBelow(child.node, own, path)]
  })
}

function explainChild(child: SettledChild, step: PreparedStep, path: readonly string[]): ExplainedStep {
  const { edge, strategy, reason, node } = child
  return {
    path: path.join('.'),
    model: node.model.name,
    strategy,
    statement: step.compiled.statement,
    ...(strategy === 'batch' && { keyedBy: keyOf(edge) }),
    reason,
  }
}

function keyOf({ from, fromKey, path, embedded }: Edge): string {
  if (embedded) return `the ids found in ${from.name}.${path.join('.')}`
  const fields = fromKey.many ? ['id'] : fromKey.paths.map((part) => part.join('.'))
  return fields.map((field) => `${from.name}.${field}`).join(', ')
}

function print(steps: readonly ExplainedStep[], masks: readonly string[], store: string): string {
  const lines = steps.flatMap(({ path, model, strategy, keyedBy, reason, statement }) => {
    const own = strategy === 'root' || strategy === 'batch'
    const keyed = keyedBy === undefined ? '' : `, keyed by ${keyedBy}`
    const head = `${path === '' ? model : `${path} (${model})`}: ${strategy}${keyed}; ${reason}`
    return own ? [head, `  ${statement}`] : [head]
  })
  const looked = masks.flatMap((statement) => ['ids that the scope hides are looked up', `  ${statement}`])
  return [`on ${store}`, ...lines, ...looked].join('\n')
}
