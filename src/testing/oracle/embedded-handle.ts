/** Handles on embedded arrays: `db.cart.at(id).items.push(…)` (design §5). */
import { fail, unknownName } from '../../errors/index.js'
import { compileField } from './filter.js'
import { type Field, type Id, type Members, type Model, modelOf } from './graph.js'
import { parseElement, parsePartial } from './input.js'
import { ownerOf } from './operation.js'
import type { Session } from './session.js'
import type { World } from './world.js'
import { changeRecord } from './write.js'

export interface ArrayHandle {
  push(items: unknown): { readonly count: number }
  update(where: unknown, data: unknown): { readonly count: number }
  remove(where: unknown): { readonly count: number }
}

/** A null array is taken for an empty one. */
export function arrayHandle(session: Session, modelName: string, name: string, owner: Id): ArrayHandle {
  const { graph, maker } = session
  const model = modelOf(graph, modelName)
  const item = itemOf(model, name)

  /** @param change makes the new elements and says how many it met */
  const write = (change: (elements: unknown[], world: World) => { elements: unknown[]; count: number }) =>
    session.write((operation) => {
      if (model.immutable.has(name)) {
        return fail('KIN_IMMUTABLE', { details: { model: modelName, fields: [name] } })
      }
      const stored = ownerOf(operation.world, modelName, owner)
      const { elements, count } = change((stored.values[name] ?? []) as unknown[], operation.world)
      const values = { [name]: elements }
      if (count > 0) changeRecord(operation, maker, owner, { model, values, increments: {}, ends: [] })
      return { count }
    })

  return {
    push(items) {
      return write((elements) => {
        const list: unknown[] = Array.isArray(items) ? items : [items]
        const pushed = list.map((element, index) => parseElement(graph, item, element, `${name}.${index}`))
        return { elements: [...elements, ...pushed], count: pushed.length }
      })
    },
    // Members given replace those of an object; another element is replaced itself.
    update(where, data) {
      return write((elements, world) => {
        const test = compileField(graph, item, where, name)
        const given =
          item.kind === 'object'
            ? parsePartial(graph, item.fields, data, name)
            : parseElement(graph, item, data, name)
        const merge = (element: unknown): unknown =>
          item.kind === 'object' ? { ...(element as Members), ...(given as Members) } : given
        return {
          elements: elements.map((element) => (test(world, element) ? merge(element) : element)),
          count: elements.filter((element) => test(world, element)).length,
        }
      })
    },
    remove(where) {
      return write((elements, world) => {
        const test = compileField(graph, item, where, name)
        const kept = elements.filter((element) => !test(world, element))
        return { elements: kept, count: elements.length - kept.length }
      })
    },
  }
}

function itemOf(model: Model, name: string): Field {
  const field = model.fields[name]
  if (field?.kind === 'array') return field.item
  const arrays = Object.keys(model.fields).filter((key) => model.fields[key]?.kind === 'array')
  return unknownName('KIN_UNKNOWN_FIELD', {
    word: name,
    kind: 'embedded array',
    where: `model "${model.name}"`,
    candidates: arrays,
  })
}
