import { unknownName } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { ArrayHandle } from './array-handle.js'
import { ManyHandle } from './many-handle.js'
import { OneHandle } from './one-handle.js'

type MakeHandle = (context: EngineContext, owner: unknown) => object

/** The handles of one record: `db.user.at(id)`. Each is made when it is asked for. */
export function handlesOf(context: EngineContext, model: Model, owner: unknown): object {
  return new Proxy(makersOf(model), {
    get(makers, name) {
      // What JavaScript looks for by itself in any object, when it is awaited or printed.
      if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') return undefined
      return (makers.get(name) ?? unknownHandle(model, name, makers.keys()))(context, owner)
    },
    has: (makers, name) => typeof name === 'string' && makers.has(name),
  })
}

const known = new WeakMap<Model, ReadonlyMap<string, MakeHandle>>()

function makersOf(model: Model): ReadonlyMap<string, MakeHandle> {
  let makers = known.get(model)
  if (!makers) known.set(model, (makers = makeMakers(model)))
  return makers
}

function makeMakers(model: Model): ReadonlyMap<string, MakeHandle> {
  const makers = new Map<string, MakeHandle>()
  for (const [name, edge] of model.ends) {
    const Handle = edge.many ? ManyHandle : OneHandle
    makers.set(name, (context, owner) => new Handle({ context, edge, owner }))
  }
  for (const field of model.fields.values()) {
    if (field.kind !== 'array' || !field.item?.fields) continue
    makers.set(field.name, (context, owner) => new ArrayHandle({ context, model, field, owner }))
  }
  return makers
}

function unknownHandle(model: Model, word: string, candidates: Iterable<string>): never {
  return unknownName('KIN_UNKNOWN_ASSOCIATION', {
    word,
    kind: 'association or embedded array',
    where: `model "${model.name}"`,
    candidates,
  })
}
