/**
 * The compiled graph: what `defineGraph` makes of the declarations. Everything downstream (planner, writer,
 * ties, stores) reads these frozen descriptors and asks their properties; nothing asks for the name of a
 * kind or layout.
 */
import type { Hooks } from './hooks.js'
import type { StandardSchema } from './standard-schema.js'

export type IdKind = 'objectId' | 'uuid' | 'integer' | 'string'
export type Tie = 'strong' | 'soft' | 'weak' | 'dirty' | 'restrict'
export type Layout = 'reference' | 'array' | 'mirror' | 'join'

export type FieldKind =
  | 'id'
  | 'string'
  | 'text'
  | 'integer'
  | 'bigint'
  | 'number'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'json'
  | 'binary'
  | 'enum'
  | 'object'
  | 'array'
  /** one id of another model: `k.one` as it is written down */
  | 'reference'
  /**
   * a list of ids (or of `{ id, …payload }` entries) of another model: `k.many` in the array layout, or
   * shown from a join
   */
  | 'list'

/** Translates between the value kinship shows and the raw value of an adopted column. Must keep order; never meets null. */
export interface Codec<V = unknown, Raw = unknown> {
  decode(raw: Raw): V
  encode(value: V): Raw
}

/** A stored member of a model, of an embedded object, or of a payload. */
export interface Field {
  readonly name: string
  readonly kind: FieldKind
  /** column (SQL) or key (documents) that holds it; for members of embedded structures the JSON key */
  readonly column: string
  readonly codec: Codec | null
  /** may be null or missing */
  readonly optional: boolean
  readonly unique: boolean
  readonly index: boolean
  /**
   * never in a result unless revealed (R34). Always true for a list (or a mirror's reference) that is one of
   * two named ends: its ids are nobody's to see, whatever the layout, and it is known by its name in `ends`
   * only.
   */
  readonly hidden: boolean
  /** refused in updates */
  readonly immutable: boolean
  /** undefined: none; a function is called per record */
  readonly default: unknown
  readonly checks: readonly StandardSchema[]
  readonly description: string | null
  /** written by kinship only: createdAt, updatedAt, version, deletedAt, deletedBy */
  readonly system: 'createdAt' | 'updatedAt' | 'version' | 'deletedAt' | 'deletedBy' | null
  /** id fields, and references and lists (their target's id kind); null otherwise */
  readonly idKind: IdKind | null
  /** enum values */
  readonly values: readonly string[] | null
  /** decimals */
  readonly precision: number
  readonly scale: number
  /** members of an object */
  readonly fields: ReadonlyMap<string, Field> | null
  /** element of an array */
  readonly item: Field | null
  /** reference and list: the edge (holder side) that is written down here */
  readonly edge: Edge | null
  /**
   * list only: false when the ids are not stored in this record but are shown from a join
   * (one-sided many in the join layout). Such a field is read with the record and written through its edge.
   */
  readonly stored: boolean
}

/** Where a value sits in a record: field names from the record inwards. Arrays on the way are crossed. */
export type Path = readonly string[]

export interface Key {
  /** one path for each part of the key; most keys have one part */
  readonly paths: readonly Path[]
  /** the record holds many values here: a list field, or a reference inside an embedded array */
  readonly many: boolean
}

/** The records in between, where pairs are records of their own (join layout). */
export interface Through {
  readonly model: Model
  /** reference fields of `model` that name the `from` record, and those that name the `to` record */
  readonly near: readonly string[]
  readonly far: readonly string[]
  /** field of `model` that holds the position of an ordered list, 0-based */
  readonly position: string | null
  /** a declared model (`through:`), with an id and a life of its own */
  readonly declared: boolean
}

/**
 * One association seen from one end. Every association has two edges; the one without a name is never shown.
 */
export interface Edge {
  /** `holderModel.field`, for both directions */
  readonly association: string
  /**
   * the end's name on `from` (dotted inside embedded structures); null where that end was not declared
   * (one-sided). Both directions of a symmetric association have the same.
   */
  readonly name: string | null
  readonly from: Model
  readonly to: Model
  /** `from` declares the association */
  readonly holder: boolean
  /**
   * where the end is shown on a `from` record: `['posts']`, or `['items', 'product']` inside embedded
   * structures
   */
  readonly path: Path
  /**
   * the reference sits inside an embedded structure (or is the element of a `k.array`): it is loaded by the
   * ids found there and patched in place, and has no inverse (R17)
   */
  readonly embedded: boolean
  /** the end shows a list */
  readonly many: boolean
  /** the list is a set (`k.many`); false for `k.array(k.one())`, which keeps repetitions and order (R12) */
  readonly set: boolean
  /**
   * no two `from` records share a target: true on the holder side of a one-one, and on the one side of a
   * one-many
   */
  readonly exclusive: boolean
  /** to-one edges: there always is a target */
  readonly required: boolean
  readonly fromKey: Key
  readonly toKey: Key
  readonly through: Through | null
  /** fields of one pairing, in declaration order; empty for none */
  readonly payload: ReadonlyMap<string, Field>
  /** lists keep the order given (R10) */
  readonly ordered: boolean
  /** both ends are one: a pair is stored once, smaller id first (R16) */
  readonly symmetric: boolean
  /** what happens to the holder when its target is deleted (both directions carry the same) */
  readonly onDelete: Tie
  /** what happens to the target when the holder is deleted; one-one only */
  readonly onHolderDelete: 'strong' | 'soft' | null
  /** for people: explain, diagrams, relayout. Code asks the keys. */
  readonly layout: Layout
  /** the holder's end was declared hidden: no untrusted caller may know of it (R34) */
  readonly hidden: boolean
  readonly description: string | null
  /**
   * a reference of a declared `through` model: the association (seen from its holder) whose pairs it makes
   * up and whose ties speak for it; null otherwise
   */
  readonly serves: Edge | null
  /** the same association seen from the other end */
  readonly reverse: Edge
}

export interface Unique {
  /** field names; a member of an embedded object as a dotted path */
  readonly fields: readonly string[]
  /** database name of the index */
  readonly name: string
  /** the edge whose one-one this guards, for the error's words */
  readonly edge: Edge | null
}

export interface Model {
  readonly name: string
  /** table or collection */
  readonly collection: string
  /** path segment in REST; defaults to the name */
  readonly alias: string
  readonly description: string | null
  /** made by the graph for a join layout without a declared model: no ends, never in `db` */
  readonly internal: boolean
  /** the id field; null on internal join models, whose key is the pair (`primaryKey`) */
  readonly id: Field | null
  readonly primaryKey: readonly string[]
  /**
   * every member that is written down (or shown as ids), in declaration order, `id` first, system fields
   * last
   */
  readonly fields: ReadonlyMap<string, Field>
  /** every end at the top level of a record, by name: own associations and inverses of others' */
  readonly ends: ReadonlyMap<string, Edge>
  /** edges inside embedded structures */
  readonly embedded: readonly Edge[]
  /** every edge that ends here (`edge.to === this`, holder side): whose holders a delete must look at */
  readonly inbound: readonly Edge[]
  /** every edge that this model holds, embedded ones included */
  readonly outbound: readonly Edge[]
  readonly softDelete: boolean
  readonly timestamps: boolean
  readonly version: boolean
  readonly uniques: readonly Unique[]
  /**
   * everything to be indexed besides keys and uniques, references at the top level included; names as in
   * `Unique`
   */
  readonly indexes: readonly (readonly string[])[]
  readonly hooks: Hooks
}

export interface Graph {
  /** declared models by name */
  readonly models: ReadonlyMap<string, Model>
  /** kinship's own records (deletions and their journal); empty where no model has softDelete */
  readonly system: ReadonlyMap<string, Model>
  /** models made for join layouts, by name (`group.members`) */
  readonly joins: ReadonlyMap<string, Model>
  /** holder-side edges of every association, in declaration order */
  readonly associations: readonly Edge[]
}
