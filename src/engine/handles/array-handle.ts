import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { Field } from '../../schema/graph.js'
import { elementAt } from '../write/input/place.js'
import { elementReaderOf, put, readPart } from '../write/input/read-value.js'
import { readElementWhere } from '../write/read-where.js'
import { sameValue } from '../write/same-value.js'
import { type ArrayAt, changeArray, type Element, removeMatching, writeElements } from './change-array.js'

interface Count {
  readonly count: number
}

/** One record's embedded array of objects; `ArrayHandle` in the types documents each method. */
export class ArrayHandle {
  readonly #at: ArrayAt

  constructor(at: ArrayAt) {
    this.#at = at
  }

  async push(items: unknown): Promise<Count> {
    const list: readonly unknown[] = Array.isArray(items) ? items : [items]
    const read = elementReaderOf(this.#at.field)
    return changeArray(
      this.#at,
      (draft) => {
        const elements: unknown[] = []
        for (const [index, item] of list.entries()) {
          put(read(item, draft, elementAt('items', index), draft), elements, index, draft)
        }
        return elements
      },
      async (unit, array, elements, use) => {
        if (elements.length === 0) return { count: 0, changed: false }
        await use()
        await writeElements(unit, array, 'append', elements)
        return { count: elements.length, changed: true }
      },
    )
  }

  /** Members given replace those of each element that matches. */
  async update(where: unknown, data: unknown): Promise<Count> {
    const { context, model, field } = this.#at
    const fields = field.item?.fields ?? new Map<string, Field>()
    return changeArray(
      this.#at,
      (draft) => {
        const chosen = readElementWhere(context.visibility, model, field, where)
        if (isPlainObject(data)) return { chosen, members: readPart(fields, data, draft, 'data', draft) }
        draft.refuseType('data', 'an object', data)
        return { chosen, members: {} }
      },
      async (unit, array, { chosen, members }, use) => {
        const { elements } = array
        const met = missingFrom(await removeMatching(unit, array, chosen), elements)
        if (met.size === 0) return { count: 0, changed: false }
        await use()
        const now = elements.map((element) => (met.has(element) ? { ...element, ...members } : element))
        await writeElements(unit, array, 'set', now)
        return { count: met.size, changed: !sameValue(now, elements) }
      },
    )
  }

  async remove(where: unknown): Promise<Count> {
    const { context, model, field } = this.#at
    return changeArray(
      this.#at,
      () => readElementWhere(context.visibility, model, field, where),
      async (unit, array, chosen) => {
        const left = await removeMatching(unit, array, chosen)
        const count = array.elements.length - left.length
        return { count, changed: count > 0 }
      },
    )
  }
}

/**
 * The elements that are gone. Those that are left are in their old order, and equal ones are gone or left
 * together.
 */
function missingFrom(left: readonly Element[], elements: readonly Element[]): ReadonlySet<Element> {
  let next = 0
  return new Set(
    elements.filter((element) => {
      if (next >= left.length || !sameValue(element, left[next])) return true
      next++
      return false
    }),
  )
}
