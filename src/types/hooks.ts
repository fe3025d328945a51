import type { CommitEvent, HookContext, LinkEvent } from '../schema/hooks.js'
import type { AnyModelSpec } from './any-model.js'
import type { UnknownGraph } from './graph.js'
import type { ChangedMembers, NewMembers } from './input.js'
import type { MembersOf } from './members.js'
import type { BaseRecord, HiddenRecord } from './record.js'

/** A record with its hidden fields. */
type Whole<MS extends AnyModelSpec> = BaseRecord<UnknownGraph, MS, 'direct'> &
  HiddenRecord<UnknownGraph, MS, 'direct'>

/** Data as the caller gives it, not validated yet. */
type Given<Input> = { -readonly [K in keyof Input]?: Input[K] | undefined }

type OwnMembers<MS extends AnyModelSpec> = MembersOf<UnknownGraph, string, MS>

interface UpdateEvent<MS extends AnyModelSpec> {
  readonly id: MS['id']
  /** The data of the update; `beforeUpdate` may change it. */
  readonly changes: Given<ChangedMembers<UnknownGraph, OwnMembers<MS>>>
  /** The record as it was. */
  readonly before: Whole<MS>
}

interface DeleteEvent<MS extends AnyModelSpec> {
  readonly id: MS['id']
  readonly record: Whole<MS>
  /** False where the record is removed for good. */
  readonly soft: boolean
}

type Hook<Event> = (event: Event, context: HookContext) => void | Promise<void>

/**
 * Functions that run inside the writing transaction, once per record, all `before` ones first. One that throws undoes
 * the whole write. They may run again when a write is retried; `afterCommit` runs once.
 */
export interface ModelHooks<MS extends AnyModelSpec> {
  /** Sees the data as it was given, and may change it before it is validated. */
  readonly beforeCreate?: Hook<Given<NewMembers<UnknownGraph, OwnMembers<MS>>>>
  readonly afterCreate?: Hook<Whole<MS>>
  /** Sees the changes as they were given, and may change them before they are validated. */
  readonly beforeUpdate?: Hook<UpdateEvent<MS>>
  readonly afterUpdate?: Hook<UpdateEvent<MS>>
  readonly beforeDelete?: Hook<DeleteEvent<MS>>
  readonly afterDelete?: Hook<DeleteEvent<MS>>
  readonly beforeRestore?: Hook<DeleteEvent<MS>>
  readonly afterRestore?: Hook<DeleteEvent<MS>>
  readonly beforeLink?: Hook<LinkEvent>
  readonly afterLink?: Hook<LinkEvent>
  readonly beforeUnlink?: Hook<LinkEvent>
  readonly afterUnlink?: Hook<LinkEvent>
  /** Runs after the commit with everything that happened to this model in the transaction. */
  readonly afterCommit?: (
    events: readonly CommitEvent[],
    context: Omit<HookContext, 'cause'>,
  ) => void | Promise<void>
}
