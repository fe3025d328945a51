import type { Declaration } from './declaration.js'
import { declarationOf, unmodified } from './declaration.js'
import type { ModelDraft, SystemName } from './draft.js'
import type { IdKind, Path } from './graph.js'
import type { MutableField } from './mutable.js'

/** Id kinds of the graph's models, for references. */
export type IdKinds = ReadonlyMap<string, IdKind>

const blank: MutableField = {
  name: '',
  kind: 'string',
  column: '',
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
  fields: null,
  item: null,
  edge: null,
  stored: true,
}

/** A field that no user declared. */
export const plainField = (
  name: string,
  kind: MutableField['kind'],
  more: Partial<MutableField> = {},
): MutableField => ({ ...blank, name, kind, column: name, ...more })

export const idField = (idKind: IdKind): MutableField => plainField('id', 'id', { idKind, immutable: true })

const systemFields: Readonly<Record<SystemName, () => MutableField>> = {
  createdAt: () => plainField('createdAt', 'date', { system: 'createdAt' }),
  updatedAt: () => plainField('updatedAt', 'date', { system: 'updatedAt' }),
  version: () => plainField('version', 'integer', { system: 'version' }),
  deletedAt: () => plainField('deletedAt', 'date', { system: 'deletedAt', optional: true }),
  deletedBy: () => plainField('deletedBy', 'string', { system: 'deletedBy', optional: true, hidden: true }),
}

/** Declared fields of a model, `id` first. References and lists get their edges later. */
export function compileFields(model: ModelDraft, idKinds: IdKinds): Map<string, MutableField> {
  const fields = new Map<string, MutableField>()
  const id = model.members.get('id')
  fields.set('id', id ? compileField('id', id, idKinds) : idField('objectId'))
  for (const [name, declaration] of model.members) {
    if (name !== 'id') fields.set(name, compileField(name, declaration, idKinds))
  }
  return fields
}

export function addSystemFields(fields: Map<string, MutableField>, model: ModelDraft): void {
  for (const { name, column } of model.system) fields.set(name, { ...systemFields[name](), column })
}

export function compileField(name: string, declaration: Declaration, idKinds: IdKinds): MutableField {
  const { optional, unique, index, hidden, immutable, checks, description, codec } = declaration
  const field: MutableField = {
    ...blank,
    name,
    column: declaration.column ?? name,
    codec,
    optional,
    unique,
    index,
    hidden,
    immutable,
    default: declaration.default,
    checks,
    description,
  }
  switch (declaration.kind) {
    case 'id':
      return { ...field, kind: 'id', idKind: declaration.idKind, immutable: true }
    case 'object':
      return { ...field, kind: 'object', fields: compileMembers(declaration.shape, idKinds) }
    case 'array':
      return { ...field, kind: 'array', item: compileItem(name, declaration.item, idKinds) }
    case 'one':
      return { ...field, kind: 'reference', idKind: idKinds.get(declaration.target) ?? null }
    case 'many':
      return { ...field, kind: 'list', idKind: idKinds.get(declaration.target) ?? null }
    default: {
      const { kind, values, precision, scale } = declaration
      return { ...field, kind, values, precision, scale }
    }
  }
}

function compileMembers(
  shape: Readonly<Record<string, unknown>>,
  idKinds: IdKinds,
): Map<string, MutableField> {
  const members = new Map<string, MutableField>()
  for (const [name, value] of Object.entries(shape)) {
    const declaration = declarationOf(value)
    if (declaration) members.set(name, compileField(name, declaration, idKinds))
  }
  return members
}

function compileItem(name: string, item: unknown, idKinds: IdKinds): MutableField {
  const declaration = declarationOf(item) ?? {
    ...unmodified,
    kind: 'json',
    values: null,
    precision: 0,
    scale: 0,
  }
  return compileField(name, declaration, idKinds)
}

/** The field at a path, arrays crossed; the element itself where the path ends in an array. */
export function fieldAt(fields: ReadonlyMap<string, MutableField>, path: Path): MutableField | null {
  let members: ReadonlyMap<string, MutableField> | null = fields
  let field: MutableField | null = null
  for (const name of path) {
    field = members?.get(name) ?? null
    while (field?.item) field = field.item
    members = field?.fields ?? null
  }
  return field
}
