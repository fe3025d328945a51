import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { modelOf } from '../common/raw.js'

/** The smallest graph there is: texts with ids of the caller's. */
export const notes = defineGraph({ note: k.model({ id: k.id.string(), text: k.string().optional() }) })
export const note = modelOf(notes, 'note')

export function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A promise and how to keep it. */
export function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}
