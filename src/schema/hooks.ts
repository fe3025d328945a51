/**
 * Functions of a model that run inside the writing transaction, once per record, all `before` ones first
 * (R27).
 */
export interface HookContext {
  /**
   * the transaction, with every model of the graph. A model does not know its graph, so a hook says which it is,
   * in a body in braces: `const tx = db as Transaction<typeof graph>`
   */
  readonly db: unknown
  readonly model: string
  /** who wants it: the caller, or the tie that reached the record, with the association it came over */
  readonly cause: 'user' | { readonly tie: string; readonly association: string }
}

type Hook<Event> = (event: Event, context: HookContext) => void | Promise<void>

export interface DeleteEvent {
  readonly id: unknown
  readonly record: Record<string, unknown>
  readonly soft: boolean
}

export interface UpdateEvent {
  readonly id: unknown
  /** may be changed by `beforeUpdate` */
  readonly changes: Record<string, unknown>
  readonly before: Record<string, unknown>
}

export interface LinkEvent {
  readonly association: string
  /** id at the holder end */
  readonly holder: unknown
  /** id at the inverse end */
  readonly target: unknown
  readonly payload: Record<string, unknown> | null
}

export interface CommitEvent {
  readonly kind: 'create' | 'update' | 'delete' | 'restore' | 'link' | 'unlink'
  readonly model: string
  readonly id: unknown
}

export interface Hooks {
  /** the record may be changed before it is validated */
  readonly beforeCreate?: Hook<Record<string, unknown>>
  readonly afterCreate?: Hook<Record<string, unknown>>
  readonly beforeUpdate?: Hook<UpdateEvent>
  readonly afterUpdate?: Hook<UpdateEvent>
  readonly beforeDelete?: Hook<DeleteEvent>
  readonly afterDelete?: Hook<DeleteEvent>
  readonly beforeRestore?: Hook<DeleteEvent>
  readonly afterRestore?: Hook<DeleteEvent>
  readonly beforeLink?: Hook<LinkEvent>
  readonly afterLink?: Hook<LinkEvent>
  readonly beforeUnlink?: Hook<LinkEvent>
  readonly afterUnlink?: Hook<LinkEvent>
  /** runs once, after the commit, with everything that happened to this model in the transaction */
  readonly afterCommit?: (
    events: readonly CommitEvent[],
    context: Omit<HookContext, 'cause'>,
  ) => void | Promise<void>
}
