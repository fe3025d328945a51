/** Association handles: `db.user.at(id).groups` and `db.post.at(id).author` (design §5). */
import { fail } from '../../errors/index.js'
import type { Query } from './fields-shown.js'
import { type End, type Id, type Members, modelOf } from './graph.js'
import { type Item, parseItems } from './input.js'
import {
  arrange,
  emptyReport,
  isStored,
  link,
  type LinkReport,
  type Outcome,
  refuseRequired,
  replaceList,
  setOne,
  unlink,
} from './links.js'
import { compileNode, matching, OPTIONS, showList, showOne } from './load.js'
import { type Operation, ownerOf } from './operation.js'
import { type Session, writeAndShow } from './session.js'
import { compareIds, isPlain, normaliseId } from './values.js'
import { entriesAt, isLive, liveEntriesAt } from './world.js'
import { prepareItems } from './write.js'

export interface ManyHandle {
  list(query?: Query): Members[]
  count(query?: Query): number
  has(target: unknown): boolean
  add(targets: unknown, payload?: unknown): LinkReport
  update(target: unknown, payload: unknown): LinkReport
  remove(targets: unknown): LinkReport
  set(targets: unknown, payload?: unknown): LinkReport
  clear(): LinkReport
  create(data: unknown, payload?: unknown): Members | Members[]
}

export interface OneHandle {
  get(query?: Query): Members | null
  set(target: unknown): LinkReport
  create(data: unknown): Members
}

/** R37: every call of a handle needs its owner to exist and to be live. */
export function manyHandle(session: Session, end: End, owner: Id): ManyHandle {
  const { graph, maker } = session
  const { payload: fields } = end.association
  const listOf = (targets: unknown): readonly unknown[] => (Array.isArray(targets) ? targets : [targets])
  const parse = (targets: unknown, payload: unknown): Item[] =>
    parseItems(graph, end, listOf(targets), end.name, null, payload)
  const add = (operation: Operation, items: readonly Item[]): LinkReport => {
    const report = emptyReport()
    for (const { id, outcome } of addItems(operation, items)) report[outcome].push(id)
    return report
  }
  const addItems = (operation: Operation, items: readonly Item[]): { id: Id; outcome: Outcome }[] => {
    const links = prepareItems(operation, maker, end, owner, items)
    const added = links.map((wanted) => ({ id: wanted.id, outcome: link(operation, end, owner, wanted) }))
    const order = links.map(({ id }) => id)
    arrange(operation, end, owner, order)
    return added
  }

  return {
    list(query = {}) {
      const node = compileNode(graph, end.target, query, {
        path: end.name,
        options: OPTIONS.toMany,
        payload: fields,
      })
      ownerOf(session.world, end.model, owner)
      return showList(session.world, node, end, owner, node.mode ?? 'exclude')
    },
    count(query = {}) {
      const node = compileNode(graph, end.target, query, {
        path: end.name,
        options: OPTIONS.count,
        payload: fields,
      })
      ownerOf(session.world, end.model, owner)
      return matching(session.world, node, entriesAt(session.world, end, owner), node.mode ?? 'exclude')
        .length
    },
    // R20: `has` sees live targets.
    has(target) {
      const id = idOfTarget(session, end, target)
      ownerOf(session.world, end.model, owner)
      return liveEntriesAt(session.world, end, owner).some((entry) => entry.id === id)
    },
    add(targets, payload) {
      return session.write((operation) => {
        const items = parse(targets, payload)
        ownerOf(operation.world, end.model, owner)
        return add(operation, items)
      })
    },
    // Changes the payload of an entry that the list shows.
    update(target, payload) {
      return session.write((operation) => {
        const id = idOfTarget(session, end, target)
        const items = parse([id], payload)
        ownerOf(operation.world, end.model, owner)
        const shown = isLive(operation.world, end.target, id) && isStored(operation, end, owner, id)
        return shown
          ? add(operation, items)
          : fail('KIN_NOT_FOUND', { details: { model: end.target, ids: [id] } })
      })
    },
    remove(targets) {
      return session.write((operation) => {
        const ids = [...new Set(listOf(targets).map((target) => idOfTarget(session, end, target)))]
        ownerOf(operation.world, end.model, owner)
        refuseRequired(end)
        const report = emptyReport()
        for (const id of ids) report[unlink(operation, end, owner, id)].push(id)
        return report
      })
    },
    set(targets, payload) {
      return session.write((operation) => {
        const items = parse(targets, payload)
        ownerOf(operation.world, end.model, owner)
        refuseRequired(end)
        return reportMoved(operation, end, owner, () =>
          replaceList(operation, end, owner, prepareItems(operation, maker, end, owner, items), 'shown'),
        )
      })
    },
    clear() {
      return session.write((operation) => {
        ownerOf(operation.world, end.model, owner)
        refuseRequired(end)
        return ascending(replaceList(operation, end, owner, [], 'shown'))
      })
    },
    create(data, payload) {
      const records = writeAndShow(session, end.target, {}, (operation) => {
        const items = parse(
          listOf(data).map((one) => ({ $create: one })),
          payload,
        )
        ownerOf(operation.world, end.model, owner)
        return addItems(operation, items).map(({ id }) => id)
      })
      return Array.isArray(data) ? records : (records[0] as Members)
    },
  }
}

export function oneHandle(session: Session, end: End, owner: Id): OneHandle {
  const { graph, maker } = session
  const parse = (target: unknown): Item[] => parseItems(graph, end, [target], end.name, null)
  const set = (operation: Operation, items: readonly Item[]): LinkReport => {
    ownerOf(operation.world, end.model, owner)
    return reportMoved(operation, end, owner, () => {
      const [wanted] = prepareItems(operation, maker, end, owner, items)
      return setOne(operation, end, owner, wanted?.id ?? null)
    })
  }

  return {
    get(query = {}) {
      const node = compileNode(graph, end.target, query, { path: end.name, options: OPTIONS.toOne })
      ownerOf(session.world, end.model, owner)
      return showOne(session.world, node, end, owner, node.mode ?? 'exclude')
    },
    set(target) {
      return session.write((operation) => set(operation, target === null ? [] : parse(target)))
    },
    create(data) {
      const [record] = writeAndShow(session, end.target, {}, (operation) => {
        const { added, unchanged } = set(operation, parse({ $create: data }))
        return [...added, ...unchanged]
      })
      return record as Members
    },
  }
}

/** What records created by the same call took over was removed from the list, too. */
function reportMoved(operation: Operation, end: End, owner: Id, change: () => LinkReport): LinkReport {
  const shown = () => liveEntriesAt(operation.world, end, owner).map(({ id }) => id)
  const before = shown()
  const report = change()
  const gone = before.filter((id) => !shown().includes(id))
  report.removed.push(...gone.filter((id) => !report.removed.includes(id)))
  return ascending(report)
}

function ascending(report: LinkReport): LinkReport {
  report.removed.sort(compareIds)
  return report
}

/** An id, or a record whose id counts. */
function idOfTarget(session: Session, end: End, target: unknown): Id {
  return normaliseId(modelOf(session.graph, end.target).idKind, isPlain(target) ? target['id'] : target)
}
