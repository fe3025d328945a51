/** The description, indexed: the associations of a graph and the ends each model has. */
import { unknownName } from '../../errors/index.js'
import type {
  EmbeddedDescription,
  FieldDescription,
  GraphDescription,
  IdKind,
  OneDescription,
  ScalarDescription,
  Tie,
} from './description.js'

export type Id = string | number
export type Members = Record<string, unknown>

/** A field that holds one comparable value. */
export type Leaf = ScalarDescription | { readonly kind: 'id'; readonly idKind: IdKind }
/** A field whose value is part of the record: everything but lists of associations. */
export type Field = EmbeddedDescription | Leaf
export type Fields = Readonly<Record<string, Field>>

export interface Association {
  /** `holderModel.field` */
  readonly name: string
  readonly holder: string
  readonly field: string
  readonly target: string
  readonly many: boolean
  /** one-one */
  readonly unique: boolean
  readonly required: boolean
  readonly immutable: boolean
  readonly inverse: string | null
  readonly payload: Fields | null
  readonly ordered: boolean
  readonly symmetric: boolean
  readonly tie: Tie
}

/** An association as one of its two models sees it. */
export interface End {
  readonly name: string
  readonly model: string
  readonly target: string
  readonly side: 'holder' | 'inverse'
  /** a list, as seen from here */
  readonly many: boolean
  readonly association: Association
}

export interface Model {
  readonly name: string
  readonly idKind: IdKind
  readonly softDelete: boolean
  readonly timestamps: boolean
  readonly version: boolean
  /** what a record's `values` hold: scalars, embedded structures, to-one references */
  readonly fields: Readonly<Record<string, EmbeddedDescription>>
  /** one-sided lists: shown as raw ids, stored as pairs */
  readonly lists: ReadonlyMap<string, End>
  /** `id` and the fields of the options */
  readonly system: Readonly<Record<string, Leaf>>
  readonly hidden: ReadonlySet<string>
  readonly immutable: ReadonlySet<string>
  readonly uniqueKeys: readonly (readonly string[])[]
  readonly ends: ReadonlyMap<string, End>
}

export interface Graph {
  readonly models: ReadonlyMap<string, Model>
  readonly associations: readonly Association[]
}

export function indexGraph(description: GraphDescription): Graph {
  const associations = Object.entries(description.models).flatMap(([holder, model]) =>
    Object.entries(model.fields).flatMap(([field, declared]) => {
      const association = associationOf(holder, field, declared)
      return association === null ? [] : [association]
    }),
  )
  const models = new Map<string, Model>()
  for (const [name, declared] of Object.entries(description.models)) {
    const all = Object.entries(declared.fields)
    const ends = endsOf(name, associations)
    const named = (flag: 'hidden' | 'immutable' | 'unique'): string[] =>
      all.filter(([, field]) => flag in field && field[flag as keyof typeof field]).map(([field]) => field)
    models.set(name, {
      name,
      idKind: declared.id ?? 'objectId',
      softDelete: declared.softDelete ?? false,
      timestamps: declared.timestamps ?? false,
      version: declared.version ?? false,
      fields: Object.fromEntries(all.filter(isOwn)),
      lists: new Map([...ends].filter(([, end]) => isOneSided(end))),
      system: {
        id: { kind: 'id', idKind: declared.id ?? 'objectId' },
        ...(declared.softDelete && { deletedAt: { kind: 'date' } }),
        ...(declared.timestamps && { createdAt: { kind: 'date' }, updatedAt: { kind: 'date' } }),
        ...(declared.version && { version: { kind: 'integer' } }),
      },
      hidden: new Set(named('hidden')),
      immutable: new Set(named('immutable')),
      uniqueKeys: [...named('unique').map((field) => [field]), ...(declared.unique ?? [])],
      ends,
    })
  }
  return { models, associations }
}

function isOwn(entry: [string, FieldDescription]): entry is [string, EmbeddedDescription] {
  return entry[1].kind !== 'many'
}

function associationOf(holder: string, field: string, declared: FieldDescription): Association | null {
  if (declared.kind !== 'one' && declared.kind !== 'many') return null
  const common = {
    name: `${holder}.${field}`,
    holder,
    field,
    target: declared.target,
    inverse: declared.inverse ?? null,
  }
  if (declared.kind === 'one') {
    return {
      ...common,
      many: false,
      unique: declared.unique ?? false,
      required: !declared.optional,
      immutable: declared.immutable ?? false,
      payload: null,
      ordered: false,
      symmetric: false,
      tie: tieOf(declared),
    }
  }
  const symmetric = declared.symmetric ?? false
  return {
    ...common,
    many: true,
    unique: false,
    required: false,
    immutable: false,
    payload: declared.payload ?? null,
    // R10: the default for one-sided lists, off for many-many, not allowed for symmetric ones.
    ordered: declared.ordered ?? (declared.inverse === undefined && !symmetric),
    symmetric,
    tie: declared.onDelete ?? 'weak',
  }
}

/** Design §6: restrict on a required to-one, weak otherwise. Embedded references have ties of their own too (R17). */
export function tieOf(reference: OneDescription): Tie {
  return reference.onDelete ?? (reference.optional ? 'weak' : 'restrict')
}

/** A model's own ends first, then those that others' associations have here. */
function endsOf(model: string, associations: readonly Association[]): Map<string, End> {
  const own = associations
    .filter(({ holder }) => holder === model)
    .map((association): End => {
      const { field, target, many } = association
      return { name: field, model, target, side: 'holder', many, association }
    })
  const others = associations.flatMap((association): End[] => {
    const { holder, target, inverse, many, unique } = association
    if (target !== model || inverse === null) return []
    return [{ name: inverse, model, target: holder, side: 'inverse', many: many || !unique, association }]
  })
  return new Map([...own, ...others].map((end) => [end.name, end]))
}

/** A list whose raw ids its record shows: `many` without an inverse (design §3). */
function isOneSided(end: End): boolean {
  const { many, inverse, symmetric } = end.association
  return end.side === 'holder' && many && inverse === null && !symmetric
}

export function modelOf(graph: Graph, name: string): Model {
  const model = graph.models.get(name)
  if (model !== undefined) return model
  return unknownName('KIN_UNKNOWN_FIELD', {
    word: name,
    kind: 'model',
    where: 'the graph',
    candidates: graph.models.keys(),
  })
}

export function endOf(model: Model, name: string, many: boolean): End {
  const end = model.ends.get(name)
  if (end?.many === many) return end
  return unknownName('KIN_UNKNOWN_ASSOCIATION', {
    word: name,
    kind: many ? 'to-many end' : 'to-one end',
    where: `model "${model.name}"`,
    candidates: [...model.ends.values()].filter((other) => other.many === many).map((other) => other.name),
  })
}
