import type { Field } from '../../schema/graph.js'
import type { Resource } from '../resource.js'

/** What `$embed` may name in a model: its ends, and embedded structures with references in them. */
export function embeddable(resource: Resource): string[] {
  const { ends, fields } = resource
  const inside = [...fields.values()].filter((field) => !ends.has(field.name) && leadsOn(field, resource))
  return [...ends.keys(), ...inside.map((field) => field.name)]
}

/** Whether a field is an embedded structure that has a reference in it which can be followed. */
export function leadsOn(field: Field, resource: Resource): boolean {
  if (field.hidden) return false
  if (field.item) return isFollowed(field.item, resource)
  return [...(field.fields?.values() ?? [])].some((member) => !member.hidden && isFollowed(member, resource))
}

/** A reference whose target callers may know of, or a structure with one. */
export function isFollowed(field: Field, resource: Resource): boolean {
  return field.edge && !field.item ? resource.all.has(field.edge.to) : leadsOn(field, resource)
}
