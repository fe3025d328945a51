/** A graph with a mirror of every kind, and things to do with it at both ends. */
import { type Db, defineGraph, isKinshipError, k } from '../../src/index.js'

const layout = 'mirror'

export const mirrored = defineGraph({
  user: k.model(
    {
      name: k.string(),
      friends: k.many('user', { symmetric: true, layout, payload: { since: k.integer().default(0) } }),
    },
    { softDelete: true },
  ),
  post: k.model({ author: k.one('user', { inverse: 'posts', layout }).optional() }),
  badge: k.model({ user: k.one('user', { inverse: 'badge', layout }).optional().unique() }),
  profile: k.model(
    { user: k.one('user', { inverse: 'profile', layout }).optional().unique() },
    { softDelete: true },
  ),
  group: k.model({
    members: k.many('user', { inverse: 'groups', layout, payload: { role: k.string().optional() } }),
  }),
  team: k.model({ members: k.many('user', { inverse: 'teams', layout, ordered: true }) }),
})

export type Mirrored = Db<typeof mirrored>

export interface Cast {
  readonly users: readonly string[]
  readonly posts: readonly string[]
  readonly badges: readonly string[]
  readonly groups: readonly string[]
}

export async function castOf(db: Mirrored, size: number): Promise<Cast> {
  const many = <T>(one: T): T[] => Array.from({ length: size }, () => one)
  const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id)
  return {
    users: ids(await db.user.createMany(many({ name: 'u' }))),
    posts: ids(await db.post.createMany(many({}))),
    badges: ids(await db.badge.createMany(many({}))),
    groups: ids(await db.group.createMany(many({}))),
  }
}

/** Something that changes pairs, from one of the two ends. */
export function randomChange(db: Mirrored, { users, posts, badges, groups }: Cast): () => Promise<unknown> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T
  const [user, other, post, badge, group] = [
    pick(users),
    pick(users),
    pick(posts),
    pick(badges),
    pick(groups),
  ]
  const number = Math.floor(Math.random() * 100)
  return pick([
    () => db.post.update(post, { author: pick([user, null]) }),
    () => db.user.at(user).posts.add(post),
    () => db.user.at(user).posts.remove(post),
    () => db.user.at(user).posts.set([post, pick(posts)]),
    () => db.post.updateMany({ where: { author: other }, data: { author: user } }),
    () => db.post.create({ author: user }),
    () => db.badge.update(badge, { user: pick([user, null]) }),
    () => db.user.at(user).badge.set(pick([badge, null])),
    () => db.user.at(user).profile.create({}),
    () => db.profile.deleteMany({ where: { user } }),
    () => db.group.at(group).members.add([user, other], { role: `r${number}` }),
    () => db.group.at(group).members.remove(user),
    () => db.user.at(user).groups.add(group, { role: `u${number}` }),
    () => db.user.at(user).groups.set([group, pick(groups)]),
    () => db.user.at(user).friends.add(other, { since: number }),
    () => db.user.at(other).friends.remove(user),
    () => db.user.delete(user).then(() => db.user.restore(user)),
    () => db.team.create({ members: [user, other] }),
  ])
}

const EXPECTED: ReadonlySet<string> = new Set([
  'KIN_NOT_FOUND',
  'KIN_TARGET_NOT_FOUND',
  'KIN_ONE_TAKEN',
  'KIN_VALIDATION',
  'KIN_RESTORE_REFUSED',
  'KIN_CONFLICT',
])

/** Makes a change that others may be faster with. @returns its code where it was refused */
export async function attempt(change: () => Promise<unknown>): Promise<string> {
  try {
    await change()
    return 'done'
  } catch (error) {
    if (isKinshipError(error) && EXPECTED.has(error.code)) return error.code
    throw error
  }
}
