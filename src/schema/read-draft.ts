import { type Declaration, type EndDeclaration, declarationOf, type ModelDeclaration } from './declaration.js'
import type { AssociationDraft, GraphDraft, ModelDraft, SystemName } from './draft.js'
import type { Layout, Tie } from './graph.js'
import type { Hooks } from './hooks.js'

export function readDraft(declarations: Readonly<Record<string, ModelDeclaration>>): GraphDraft {
  const models = new Map<string, ModelDraft>()
  for (const [name, declaration] of Object.entries(declarations)) {
    if (isModel(declaration)) models.set(name, readModel(name, declaration))
  }
  const associations = [...models.values()].flatMap((model) => readAssociations(model))
  return { models, associations }
}

export const isModel = (value: unknown): value is ModelDeclaration =>
  typeof value === 'object' && value !== null && 'shape' in value && 'options' in value

function readModel(name: string, declaration: ModelDeclaration): ModelDraft {
  const { options } = declaration
  return {
    name,
    declaration,
    collection: text(options['table']) ?? text(options['collection']) ?? name,
    alias: text(options['alias']) ?? name,
    description: text(options['description']),
    members: readShape(declaration.shape),
    system: readSystem(options),
    softDelete: isOn(options['softDelete']),
    timestamps: isOn(options['timestamps']),
    version: isOn(options['version']),
    unique: lists(options['unique']),
    indexes: lists(options['indexes']),
    hooks: record(options['hooks']) as Hooks,
  }
}

function readSystem(options: ModelDeclaration['options']): Map<SystemName, string> {
  const columns = new Map<SystemName, string>()
  const named = (option: string, key: string): string | null => text(record(options[option])[key])
  if (isOn(options['timestamps'])) {
    columns.set('createdAt', named('timestamps', 'createdAt') ?? 'createdAt')
    columns.set('updatedAt', named('timestamps', 'updatedAt') ?? 'updatedAt')
  }
  if (isOn(options['version'])) columns.set('version', named('version', 'column') ?? 'version')
  if (isOn(options['softDelete'])) {
    columns.set('deletedAt', named('softDelete', 'column') ?? 'deletedAt')
    columns.set('deletedBy', 'deletedBy')
  }
  return columns
}

function readShape(shape: Readonly<Record<string, unknown>>): Map<string, Declaration> {
  const members = new Map<string, Declaration>()
  for (const [name, value] of Object.entries(shape)) {
    const declaration = declarationOf(value)
    if (declaration) members.set(name, declaration)
  }
  return members
}

/** Where the walk through a model's shape is. */
interface Place {
  readonly path: readonly string[]
  readonly inArray: boolean
  readonly element: boolean
  readonly nestedArrays: boolean
}

function readAssociations(model: ModelDraft): AssociationDraft[] {
  const found: AssociationDraft[] = []
  const visit = (declaration: Declaration | null, place: Place): void => {
    if (declaration === null) return
    if (declaration.kind === 'object') {
      for (const [name, member] of readShape(declaration.shape)) {
        visit(member, { ...place, path: [...place.path, name], element: false })
      }
    } else if (declaration.kind === 'array') {
      const nestedArrays = place.nestedArrays || place.element
      visit(declarationOf(declaration.item), { ...place, inArray: true, element: true, nestedArrays })
    } else if (declaration.kind === 'one' || declaration.kind === 'many') {
      found.push(readAssociation(model, declaration, place))
    }
  }
  for (const [name, declaration] of model.members) {
    visit(declaration, { path: [name], inArray: false, element: false, nestedArrays: false })
  }
  return found
}

function readAssociation(model: ModelDraft, declaration: EndDeclaration, place: Place): AssociationDraft {
  const { kind, target, options } = declaration
  const inverse = text(options['inverse'])
  const symmetric = options['symmetric'] === true
  const through = text(options['through'])
  const oneSided = inverse === null && !symmetric
  const required = kind === 'one' && !declaration.optional && !place.element
  return {
    ...place,
    name: [model.name, ...place.path].join('.'),
    model,
    declaration,
    embedded: place.path.length > 1 || place.inArray,
    target,
    many: kind === 'many',
    exclusive: kind === 'one' && declaration.unique,
    required,
    inverse,
    symmetric,
    layout: (options['layout'] as Layout | undefined) ?? defaultLayout(kind, oneSided && through === null),
    onDelete: (options['onDelete'] as Tie | undefined) ?? (required ? 'restrict' : 'weak'),
    onHolderDelete: (options['onHolderDelete'] as 'strong' | 'soft' | undefined) ?? null,
    payload: readShape(record(options['payload'])),
    through,
    ordered:
      place.element ||
      (kind === 'many' && ((options['ordered'] as boolean | undefined) ?? (oneSided && through === null))),
    table: text(options['table']) ?? `${model.name}_${place.path.join('_')}`,
    columns: record(options['columns']),
  }
}

function defaultLayout(kind: 'one' | 'many', inArray: boolean): Layout {
  if (kind === 'one') return 'reference'
  return inArray ? 'array' : 'join'
}

const isOn = (option: unknown): boolean => option !== undefined && option !== false && option !== null

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

const lists = (value: unknown): string[][] =>
  Array.isArray(value) ? value.filter((list): list is string[] => Array.isArray(list)) : []
