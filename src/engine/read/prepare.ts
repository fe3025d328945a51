import { chooseStrategies } from '../../plan/choose-strategy.js'
import type { SettledNode } from '../../plan/draft.js'
import { masksOf } from '../../plan/masks.js'
import { type Call, type ParsedQuery, parseQuery } from '../../plan/parse-query.js'
import { planCount, planRead, type PlanStep } from '../../plan/plan.js'
import { Slots } from '../../plan/slots.js'
import type { Field, Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { loaderFor } from './loader-for.js'
import { prepareMasks } from './mask.js'
import type { PreparedCount, PreparedRead, PreparedStep } from './prepared.js'

/** How a call's plan differs from what its query says. */
export interface Adaptation {
  /** changes the parsed query; takes slots for the engine's own values, which follow the query's */
  readonly adapt?: (parsed: ParsedQuery, slots: Slots) => ParsedQuery
  /** fields of the root's records whose values are wanted beside the result */
  readonly extra?: (parsed: ParsedQuery) => readonly Field[]
}

/** @param values the call's values: the scope's, the query's, the engine's own */
export function prepareRead(
  context: EngineContext,
  model: Model,
  call: Call,
  query: unknown,
  values: readonly unknown[],
  { adapt, extra }: Adaptation = {},
): PreparedRead {
  const { visibility, store } = context
  const slots = new Slots(values, visibility.values.length)
  const parsed = parseQuery(query, model, call, { visibility, slots })
  const adapted = adapt ? adapt(parsed, slots) : parsed
  slots.finish()
  const node = chooseStrategies(adapted, store.capabilities)
  return { ...prepareNode(context, node, extra?.(adapted)), slots: slots.list }
}

/** A read that no query describes. */
export function prepareNode(
  context: EngineContext,
  node: SettledNode,
  extra: readonly Field[] = [],
): PreparedRead {
  const root = compileStep(context, planRead(node, extra))
  return { slots: [], root, masks: prepareMasks(context, masksOf(node, context.visibility)), node }
}

export function prepareCount(
  context: EngineContext,
  model: Model,
  call: Call,
  query: unknown,
  values: readonly unknown[],
): PreparedCount {
  const { visibility, store } = context
  const slots = new Slots(values, visibility.values.length)
  const { node } = parseQuery(query, model, call, { visibility, slots })
  slots.finish()
  const settled = { ...node, fields: [], order: [], children: [] }
  return { slots: slots.list, compiled: store.compileRead(planCount(settled).request) }
}

function compileStep(context: EngineContext, plan: PlanStep): PreparedStep {
  return {
    plan,
    compiled: context.store.compileRead(plan.request),
    batches: plan.batches.map((batch) => ({
      plan: batch,
      step: compileStep(context, batch.step),
      load: loaderFor(batch),
    })),
  }
}
