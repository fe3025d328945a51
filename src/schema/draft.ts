/**
 * The declarations, read once into a uniform shape with every default in place. Drafts are what the checks
 * look at and what the compiler turns into edges. Reading is tolerant: what makes no sense is left out here
 * and reported by the checks.
 */
import type { Declaration, EndDeclaration, ModelDeclaration } from './declaration.js'
import type { Layout, Tie } from './graph.js'
import type { Hooks } from './hooks.js'
import type { Member } from './walk-shape.js'

export interface ModelDraft {
  readonly name: string
  readonly declaration: ModelDeclaration
  readonly collection: string
  readonly alias: string
  readonly description: string | null
  /** at the top level, by name */
  readonly members: ReadonlyMap<string, Declaration>
  /** at any depth */
  readonly places: readonly Member[]
  /** the system fields that are on, with their columns, in their order */
  readonly system: readonly { readonly name: SystemName; readonly column: string }[]
  readonly softDelete: boolean
  readonly timestamps: boolean
  readonly version: boolean
  readonly unique: readonly (readonly string[])[]
  readonly indexes: readonly (readonly string[])[]
  readonly hooks: Hooks
}

export type SystemName = 'createdAt' | 'updatedAt' | 'version' | 'deletedAt' | 'deletedBy'

export interface AssociationDraft extends Omit<Member, 'declaration'> {
  /** `post.author`, `cart.items.product` */
  readonly name: string
  readonly model: ModelDraft
  readonly declaration: EndDeclaration
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

export const ties: readonly Tie[] = ['strong', 'soft', 'weak', 'dirty', 'restrict']
export const layouts: readonly Layout[] = ['reference', 'array', 'mirror', 'join']

export interface GraphDraft {
  readonly models: ReadonlyMap<string, ModelDraft>
  readonly associations: readonly AssociationDraft[]
}
