import type { Field } from '../../schema/graph.js'
import { type EndResource, type Resource, type Resources, shownMembers } from '../resource.js'

/** What a filter or an order may name at one place. */
export interface Members {
  /** for errors, as `model "post"` */
  readonly words: string
  readonly fields: ReadonlyMap<string, Field>
  readonly ends: ReadonlyMap<string, EndResource>
  /** the pairing's own fields, under `$link` */
  readonly link: Members | null
  readonly all: Resources
}

const noEnds: ReadonlyMap<string, EndResource> = new Map()

export function membersOf({ name, fields, ends, all }: Resource): Members {
  return { words: `model "${name}"`, fields, ends, link: null, all }
}

/** Members of an end's targets, and of its pairings where they have any. */
export function membersAt({ target, edge }: EndResource): Members {
  const members = membersOf(target)
  const payload = shownMembers(edge.payload)
  if (payload.size === 0) return members
  return { ...members, link: plain(`the payload of "${edge.association}"`, payload, target.all) }
}

/** Members of an embedded object, or of the elements of an array. */
export function membersIn(field: Field, all: Resources): Members {
  return plain(`"${field.name}"`, shownMembers((field.item ?? field).fields ?? new Map()), all)
}

const plain = (words: string, fields: ReadonlyMap<string, Field>, all: Resources): Members => ({
  words,
  fields,
  ends: noEnds,
  link: null,
  all,
})
