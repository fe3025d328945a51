/** Carrying out checked input: first every new target is looked up, then records are written (design §5). */
import { fail } from '../../errors/index.js'
import { type End, type Id, type Members, type Model, modelOf } from './graph.js'
import {
  type Changes,
  completePayload,
  increment,
  refuseSelf,
  type Item,
  type NewRecord,
  type Target,
} from './input.js'
import { arrange, isStored, link, type Link, refuseRequired, replaceList, setOne } from './links.js'
import { keyOf, type Maker, newId, type Operation, requireTarget } from './operation.js'
import { mapReferences, patternOf, referencesIn } from './references.js'
import { recordsOf, type Stored } from './world.js'

/** Creates records, nested ones included. @returns their ids, in order */
export function createRecords(operation: Operation, maker: Maker, list: readonly NewRecord[]): Id[] {
  for (const input of list) noteCreated(operation, input)
  for (const input of list) checkNew(operation, input)
  return list.map((input) => insert(operation, maker, input))
}

/** Changes one record; it exists and is live. */
export function changeRecord(operation: Operation, maker: Maker, id: Id, changes: Changes): void {
  const stored = recordsOf(operation.world, changes.model.name).get(id)
  if (stored === undefined) return
  noteContent(operation, changes)
  for (const { end } of changes.ends) if (end.many) refuseRequired(end)
  for (const { end, items } of changes.ends) checkPayloads(operation, end, items, id)
  checkReferences(operation, changes.model, changes.values, stored)
  for (const input of changes.ends) checkItems(operation, input.end, input.items, id)
  apply(operation, maker, stored, changes)
}

/** R33: sets scalars and plain references of many records. */
export function changeRecords(
  operation: Operation,
  maker: Maker,
  list: readonly Stored[],
  changes: Changes,
): void {
  for (const stored of list) checkReferences(operation, changes.model, changes.values, stored)
  for (const stored of list) apply(operation, maker, stored, changes)
}

/** Checks entries to be added to an end of an owner and creates those that do not exist. @returns what to link */
export function prepareItems(
  operation: Operation,
  maker: Maker,
  end: End,
  owner: Id,
  items: readonly Item[],
): Link[] {
  noteItems(operation, items)
  checkPayloads(operation, end, items, owner)
  checkItems(operation, end, items, owner)
  return linksOf(operation, maker, items)
}

function noteCreated(operation: Operation, input: NewRecord): void {
  if (input.id !== null) operation.created.add(keyOf(input.model.name, input.id))
  noteContent(operation, input)
}

function noteContent(operation: Operation, { model, values, ends }: NewRecord | Changes): void {
  for (const { value } of referencesIn(model.fields, values)) {
    if (isTarget(value) && 'create' in value) noteCreated(operation, value.create)
  }
  for (const { items } of ends) noteItems(operation, items)
}

/** Embedded elements that are kept hold plain ids already. */
function isTarget(value: unknown): value is Target {
  return typeof value === 'object'
}

function noteItems(operation: Operation, items: readonly Item[] | null): void {
  for (const { target } of items ?? []) if ('create' in target) noteCreated(operation, target.create)
}

function checkNew(operation: Operation, input: NewRecord): void {
  checkReferences(operation, input.model, input.values, null)
  for (const { end, items } of input.ends) checkItems(operation, end, items, null)
}

/** R15: only newly added targets are checked; an id that the record holds at the same place is not new. */
function checkReferences(operation: Operation, model: Model, values: Members, stored: Stored | null): void {
  const held = stored === null ? [] : referencesIn(model.fields, stored.values)
  for (const { declared, path, value } of referencesIn(model.fields, values)) {
    if (!isTarget(value)) continue
    if ('create' in value) checkNew(operation, value.create)
    else if (!held.some((old) => old.value === value.id && patternOf(old.path) === patternOf(path))) {
      requireTarget(operation, declared.target, value.id, operation.created)
    }
  }
}

/** A pair that is not there yet needs its whole payload, and two records (R16); that is looked at before any target is. */
function checkPayloads(operation: Operation, end: End, items: readonly Item[] | null, owner: Id): void {
  for (const { target, payload } of items ?? []) {
    if (end.association.symmetric && 'id' in target && target.id === owner) refuseSelf(end.name)
    const known = 'id' in target && isStored(operation, end, owner, target.id)
    if (!known) completePayload(operation.graph, end, payload)
  }
}

/**
 * R15 for an end. A reference or a pair may name a record of the same call; a holder to be moved must be there already.
 * @param owner null: a record that is being created, which has no entries yet
 */
function checkItems(operation: Operation, end: End, items: readonly Item[] | null, owner: Id | null): void {
  for (const { target } of items ?? []) {
    if ('create' in target) checkNew(operation, target.create)
    else if (owner === null || !isStored(operation, end, owner, target.id)) {
      requireTarget(operation, end.target, target.id, end.association.many ? operation.created : new Set())
    }
  }
}

function insert(operation: Operation, maker: Maker, input: NewRecord): Id {
  const { model } = input
  const { world, now } = operation
  const values = resolve(operation, maker, model, input.values)
  const id = input.id ?? newId(world, model, maker)
  if (recordsOf(world, model.name).has(id)) {
    return fail('KIN_UNIQUE', { details: { model: model.name, fields: ['id'] } })
  }
  if (typeof id === 'number') world.sequences[model.name] = Math.max(id, world.sequences[model.name] ?? 0)
  recordsOf(world, model.name).set(id, {
    id,
    values,
    createdAt: model.timestamps ? now : null,
    updatedAt: model.timestamps ? now : null,
    version: model.version ? 1 : null,
    deletedAt: null,
    grave: null,
  })
  for (const { end, items } of input.ends) {
    const links = linksOf(operation, maker, items ?? [])
    for (const made of links) link(operation, end, id, made)
    arrange(
      operation,
      end,
      id,
      links.map((made) => made.id),
    )
  }
  return id
}

/** Replaces targets by ids, creating the records that do not exist yet. */
function resolve(operation: Operation, maker: Maker, model: Model, values: Members): Members {
  return mapReferences(model.fields, values, ({ value }) =>
    isTarget(value) ? idOf(operation, maker, value) : value,
  )
}

function idOf(operation: Operation, maker: Maker, target: Target): Id {
  return 'id' in target ? target.id : insert(operation, maker, target.create)
}

function linksOf(operation: Operation, maker: Maker, items: readonly Item[]): Link[] {
  return items.map(({ target, payload }) => ({ id: idOf(operation, maker, target), payload }))
}

function apply(operation: Operation, maker: Maker, stored: Stored, changes: Changes): void {
  const { model } = changes
  const values = resolve(operation, maker, model, changes.values)
  for (const [field, value] of Object.entries(values)) stored.values[field] = structuredClone(value)
  for (const [field, by] of Object.entries(changes.increments)) {
    const declared = modelOf(operation.graph, model.name).fields[field]
    if (declared !== undefined) stored.values[field] = increment(declared, stored.values[field] ?? null, by)
  }
  // Everything nested is created first, so that an end has exactly what was given, whatever nested records say.
  const wanted = changes.ends.map(({ end, items }) => ({
    end,
    links: linksOf(operation, maker, items ?? []),
  }))
  for (const { end, links } of wanted) replaceEnd(operation, stored.id, end, links)
}

/** An end given in `update` becomes exactly what was given (R15). */
function replaceEnd(operation: Operation, owner: Id, end: End, links: readonly Link[]): void {
  if (!end.many) {
    setOne(operation, end, owner, links[0]?.id ?? null)
    return
  }
  const oneSided = modelOf(operation.graph, end.model).lists.has(end.name)
  replaceList(operation, end, owner, links, oneSided ? 'stored' : 'shown')
}
