/** Databases that several connections share, and what is stored in them. */
import { connect, type Db, isKinshipError } from '../../src/index.js'
import type { AnyGraph } from '../../src/types/graph.js'
import type { Place } from '../helpers/places.js'
import { openAt, type SharedStore, type TestedStore } from '../helpers/stores.js'
import type { family } from './family.js'

export type Family = Db<typeof family>

type ListLayout = TestedStore['layouts'][number]

export interface Shared<G extends AnyGraph> {
  readonly store: SharedStore
  readonly place: Place
  readonly one: Db<G>
  readonly two: Db<G>
  readonly close: () => Promise<unknown>
}

/** Two connections to one new database. */
export async function twoConnections<G extends AnyGraph>(store: SharedStore, graph: G): Promise<Shared<G>> {
  const place = store.newPlace()
  const [one, two] = [await connect(graph, openAt(place)), await connect(graph, openAt(place))]
  await one.sync()
  return { store, place, one, two, close: () => Promise.all([one.close(), two.close()]) }
}

export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (isKinshipError(error)) return error.code
    throw error
  }
}

type Row = Record<string, unknown>

/** What one connection sees of a database. */
export type Seen = Pick<Shared<typeof family>, 'store' | 'place' | 'one'>

/** Rows of a table, as they are stored. */
export function rowsOf({ store, place, one }: Seen, table: string): Promise<Row[]> {
  return one.transaction((tx) => store.rows(tx.native, place, table))
}

/** Who is stored as a member of a group, wherever that is. */
async function storedMembers(seen: Seen, layout: ListLayout): Promise<readonly string[]> {
  if (layout === 'join') return (await rowsOf(seen, 'group_members')).map(({ user }) => String(user))
  const groups = await rowsOf(seen, 'group')
  return groups.flatMap(({ members }) => {
    const list: unknown = typeof members === 'string' ? JSON.parse(members) : members
    return (list as readonly unknown[]).map(String)
  })
}

/** References and pairs that name nothing, or something deleted, although their tie does not leave them behind. */
export async function leftovers(seen: Seen, layout: ListLayout = 'join'): Promise<unknown[]> {
  const { one: db } = seen
  const users = new Map(
    (await db.user.find({ deleted: 'include' })).map(({ id, deletedAt }) => [id, deletedAt]),
  )
  const isLive = (id: string): boolean => users.get(id) === null
  const found: unknown[] = []
  // A live post of a deleted user; a soft-deleted one may dangle.
  found.push(...(await db.post.find()).filter(({ author }) => !isLive(author)))
  found.push(...(await db.note.find()).filter(({ user }) => user !== null && !isLive(user)))
  found.push(...(await db.token.find()).filter(({ user }) => !isLive(user)))
  found.push(...(await db.order.find()).filter(({ user }) => !isLive(user)))
  found.push(...(await storedMembers(seen, layout)).filter((id) => !users.has(id)))
  for (const { of } of await db.basket.find()) found.push(...of.filter(({ user }) => !isLive(user)))
  return found
}
