import type { Edge, Field, Model } from '../schema/graph.js'

export interface Allowed {
  readonly list: boolean
  readonly read: boolean
  readonly create: boolean
  readonly update: boolean
  readonly delete: boolean
}

/** A model as callers see it: hidden fields and ends, and whatever leads to models that are left out, are not in it. */
export interface Resource {
  readonly model: Model
  readonly name: string
  /** first segment of its routes */
  readonly path: string
  readonly allow: Allowed
  /** fields that are shown */
  readonly fields: ReadonlyMap<string, Field>
  /** ends that can be looked at, by name; filled when every resource is made */
  readonly ends: ReadonlyMap<string, EndResource>
  /** ends that data may name */
  readonly writable: ReadonlyMap<string, EndResource>
  /** ends that have routes */
  readonly routed: readonly EndResource[]
  /** what `$term` may search */
  readonly searchable: readonly string[]
  /** every resource, for references inside embedded structures */
  readonly all: Resources
}

/** An association end as callers see it. */
export interface EndResource {
  readonly name: string
  /** last segment of its routes */
  readonly path: string
  readonly edge: Edge
  readonly owner: Resource
  readonly target: Resource
  readonly allow: { readonly read: boolean; readonly add: boolean; readonly remove: boolean }
}

export type Resources = ReadonlyMap<Model, Resource>

/** Members of an embedded object that are shown. */
export function shownMembers(fields: ReadonlyMap<string, Field>): ReadonlyMap<string, Field> {
  return new Map([...fields].filter(([, field]) => !field.hidden))
}
