import type { Field, FieldKind } from '../../schema/graph.js'

/** A field of no model, for what statements compute: it is encoded, compared, selected and decoded like its kind. */
const virtualField = (name: string, kind: FieldKind, fields: Field['fields']): Field => ({
  name,
  kind,
  column: name,
  codec: null,
  optional: false,
  unique: false,
  index: false,
  hidden: false,
  immutable: false,
  default: undefined,
  checks: [],
  description: null,
  system: null,
  idKind: null,
  values: null,
  precision: 0,
  scale: 0,
  fields,
  item: null,
  edge: null,
  stored: true,
})

/** A number of records or entries. */
export const countField = virtualField('count', 'integer', null)

/** An entry of a list, as the object of some of its payload fields. */
export const entryField = (payload: readonly Field[]): Field =>
  virtualField('$link', 'object', new Map(payload.map((field) => [field.name, field])))
