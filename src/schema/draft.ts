/**
 * The declarations, read once into a uniform shape with every default in place. Drafts are what the checks look at and what the
 * compiler turns into edges. Reading is tolerant: what makes no sense is left out here and reported by the checks.
 */
import type { Declaration, EndDeclaration, ModelDeclaration } from './declaration.js'
import type { Layout, Path, Tie } from './graph.js'
import type { Hooks } from './hooks.js'

export interface ModelDraft {
  readonly name: string
  readonly declaration: ModelDeclaration
  readonly collection: string
  readonly alias: string
  readonly description: string | null
  readonly members: ReadonlyMap<string, Declaration>
  /** columns of the system fields that are on, in their order */
  readonly system: ReadonlyMap<SystemName, string>
  readonly softDelete: boolean
  readonly timestamps: boolean
  readonly version: boolean
  readonly unique: readonly (readonly string[])[]
  readonly indexes: readonly (readonly string[])[]
  readonly hooks: Hooks
}

export type SystemName = 'createdAt' | 'updatedAt' | 'version' | 'deletedAt' | 'deletedBy'

export interface AssociationDraft {
  /** `post.author`, `cart.items.product` */
  readonly name: string
  readonly model: ModelDraft
  readonly path: Path
  readonly declaration: EndDeclaration
  /** inside an object or an array */
  readonly embedded: boolean
  /** an array is crossed on the way, or the association is an array's element */
  readonly inArray: boolean
  /** element of an array: `k.array(k.one())` */
  readonly element: boolean
  /** arrays directly inside arrays on the way */
  readonly nestedArrays: boolean
  readonly target: string
  readonly many: boolean
  /** a one-one */
  readonly exclusive: boolean
  readonly required: boolean
  readonly inverse: string | null
  readonly symmetric: boolean
  readonly layout: Layout
  readonly onDelete: Tie
  readonly onHolderDelete: 'strong' | 'soft' | null
  readonly payload: ReadonlyMap<string, Declaration>
  readonly through: string | null
  readonly ordered: boolean
  readonly table: string
  readonly columns: Readonly<Record<string, unknown>>
}

export interface GraphDraft {
  readonly models: ReadonlyMap<string, ModelDraft>
  readonly associations: readonly AssociationDraft[]
}
