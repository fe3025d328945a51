/** Makes a failing sequence small: calls left out, what they say made shorter, the graph cut down to what is needed. */
import type { GraphDescription, ModelDescription } from '../oracle/index.js'
import type { Call } from './call.js'

export interface Script {
  readonly description: GraphDescription
  readonly calls: readonly Call[]
}

/**
 * The smallest script that could be found in a while and still fails. Every candidate is run anew.
 *
 * @param fails whether a script shows a difference; one that cannot be run at all does not
 * @param attempts how many candidates may be tried
 */
export async function shrink(
  script: Script,
  fails: (script: Script) => Promise<boolean>,
  attempts: number,
): Promise<Script> {
  let best = script
  let left = attempts
  let shrunk = true
  while (shrunk && left > 0) {
    shrunk = false
    for (const candidates of [fewerCalls, smallerGraphs, smallerCalls]) {
      let list = candidates(best)
      for (let index = 0; index < list.length && left-- > 0;) {
        const candidate = list[index]!
        if (await fails(candidate)) {
          best = candidate
          shrunk = true
          list = candidates(best)
        } else {
          index++
        }
      }
    }
  }
  return best
}

function fewerCalls(script: Script): Script[] {
  const { calls } = script
  const list: Script[] = []
  for (let size = calls.length >> 1; size >= 1; size >>= 1) {
    for (let end = calls.length; end > 0; end -= size) {
      list.push({ ...script, calls: calls.toSpliced(Math.max(0, end - size), Math.min(size, end)) })
    }
  }
  return list
}

const smallerCalls = (script: Script): Script[] =>
  script.calls.flatMap((call, index) =>
    [...smallerArgs(call).map((args) => ({ ...call, args })), ...smallerScopes(call)].map((smaller) => ({
      ...script,
      calls: script.calls.with(index, smaller),
    })),
  )

const smallerScopes = (call: Call): Call[] =>
  [...smallerValues(call.scopes)].map((scopes) => ({
    ...call,
    scopes: scopes as NonNullable<Call['scopes']>,
  }))

function smallerArgs({ method, args }: Call): (readonly unknown[])[] {
  if (method === 'transaction') return smallerTransactions(args)
  const inside = args.flatMap((arg, index) =>
    [...smallerValues(arg)].map((smaller) => args.with(index, smaller)),
  )
  return args.length > 1 && method !== 'walk' ? [args.slice(0, -1), ...inside] : inside
}

function smallerTransactions([calls, outcome]: readonly unknown[]): (readonly unknown[])[] {
  const inside = calls as readonly Call[]
  return [
    ...inside.map((_call, index) => [inside.toSpliced(index, 1), outcome]),
    ...inside.flatMap((call, index) =>
      smallerArgs(call).map((args) => [inside.with(index, { ...call, args }), outcome]),
    ),
  ]
}

const smallerGraphs = (script: Script): Script[] =>
  [...smallerDescriptions(script.description)].map((description) => ({ ...script, description }))

function* smallerDescriptions(description: GraphDescription): Generator<GraphDescription> {
  const { models } = description
  for (const name of Object.keys(models)) yield { models: without(models, name) }
  for (const [name, model] of Object.entries(models)) {
    for (const smaller of smallerModels(model)) yield { models: { ...models, [name]: smaller } }
  }
}

function* smallerModels(model: ModelDescription): Generator<ModelDescription> {
  for (const name of Object.keys(model.fields)) yield { ...model, fields: without(model.fields, name) }
  for (const option of ['softDelete', 'timestamps', 'version', 'unique'] as const) {
    if (model[option]) yield without(model, option)
  }
  for (const [name, field] of Object.entries(model.fields)) {
    for (const option of [
      'payload',
      'ordered',
      'onDelete',
      'onHolderDelete',
      'unique',
      'hidden',
      'immutable',
    ] as const) {
      if (!Object.hasOwn(field, option)) continue
      yield { ...model, fields: { ...model.fields, [name]: without(field, option) as never } }
    }
  }
}

/** Lists and objects with one part less, or with one part made smaller. */
function* smallerValues(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const index of value.keys()) yield value.toSpliced(index, 1)
    for (const [index, item] of value.entries()) {
      for (const smaller of smallerValues(item)) yield value.with(index, smaller)
    }
  } else if (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    const members = value as Readonly<Record<string, unknown>>
    // Without its id a new record would get another one everywhere.
    for (const name of Object.keys(members)) if (name !== 'id') yield without(members, name)
    for (const [name, member] of Object.entries(members)) {
      for (const smaller of smallerValues(member)) yield { ...members, [name]: smaller }
    }
  }
}

function without<T extends object>(object: T, name: string): T {
  const { [name as keyof T]: _left, ...rest } = object
  return rest as unknown as T
}
