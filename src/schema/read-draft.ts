import { type Declaration, type EndDeclaration, declarationOf, type ModelDeclaration } from './declaration.js'
import {
  type AssociationDraft,
  type GraphDraft,
  layouts,
  type ModelDraft,
  type SystemName,
  ties,
} from './draft.js'
import type { Layout } from './graph.js'
import { type Member, walkShape } from './walk-shape.js'

export function readDraft(declarations: Readonly<Record<string, unknown>>): GraphDraft {
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
    places: [...walkShape(declaration.shape)],
    system: readSystem(options),
    softDelete: isOn(options['softDelete']),
    timestamps: isOn(options['timestamps']),
    version: isOn(options['version']),
    unique: lists(options['unique']),
    indexes: lists(options['indexes']),
    hooks: record(options['hooks']),
  }
}

function readSystem(options: ModelDeclaration['options']): ModelDraft['system'] {
  const field = (name: SystemName, option: string, key: string) => ({
    name,
    column: text(record(options[option])[key]) ?? name,
  })
  return [
    ...(isOn(options['timestamps'])
      ? [field('createdAt', 'timestamps', 'createdAt'), field('updatedAt', 'timestamps', 'updatedAt')]
      : []),
    ...(isOn(options['version']) ? [field('version', 'version', 'column')] : []),
    ...(isOn(options['softDelete'])
      ? [field('deletedAt', 'softDelete', 'column'), field('deletedBy', 'softDelete', 'deletedBy')]
      : []),
  ]
}

function readShape(shape: Readonly<Record<string, unknown>>): Map<string, Declaration> {
  const members = new Map<string, Declaration>()
  for (const [name, value] of Object.entries(shape)) {
    const declaration = declarationOf(value)
    if (declaration) members.set(name, declaration)
  }
  return members
}

function readAssociations(model: ModelDraft): AssociationDraft[] {
  return model.places.flatMap(({ declaration, ...place }) =>
    declaration?.kind === 'one' || declaration?.kind === 'many'
      ? [readAssociation(model, declaration, place)]
      : [],
  )
}

function readAssociation(
  model: ModelDraft,
  declaration: EndDeclaration,
  place: Omit<Member, 'declaration'>,
): AssociationDraft {
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
    target: text(target) ?? '',
    many: kind === 'many',
    exclusive: kind === 'one' && declaration.unique,
    required,
    inverse,
    symmetric,
    layout: oneOf(layouts, options['layout']) ?? defaultLayout(kind, oneSided && through === null),
    onDelete: oneOf(ties, options['onDelete']) ?? (required ? 'restrict' : 'weak'),
    onHolderDelete: kind === 'one' ? oneOf(['strong', 'soft'], options['onHolderDelete']) : null,
    payload: readShape(record(options['payload'])),
    through,
    ordered:
      place.element || (kind === 'many' && (flag(options['ordered']) ?? (oneSided && through === null))),
    table: text(options['table']) ?? `${model.name}_${place.path.join('_')}`,
    columns: record(options['columns']),
  }
}

function defaultLayout(kind: 'one' | 'many', inArray: boolean): Layout {
  if (kind === 'one') return 'reference'
  return inArray ? 'array' : 'join'
}

const isOn = (option: unknown): boolean => option !== undefined && option !== false && option !== null

const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

/** Words that are none of the known ones are reported by the checks, and read as not given. */
const oneOf = <Word>(known: readonly Word[], value: unknown): Word | null =>
  known.find((word) => word === value) ?? null

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

const lists = (value: unknown): string[][] =>
  Array.isArray(value) ? value.filter((list): list is string[] => Array.isArray(list)) : []
