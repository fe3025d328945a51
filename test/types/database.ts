import {
  connect,
  type Db,
  type RecordOf,
  type Repository,
  type ScopedDb,
  type Store,
  type Transaction,
} from 'kinship'
import { assert, type Item, type Same } from './assert.js'
import { db, graph, type Shop } from './shop.js'

declare const store: Store

const connected = await connect(graph, store, { log: (entry) => entry.statement satisfies string })
assert<Same<typeof connected, Db<Shop>>>()
// @ts-expect-error -- a misspelt option
void connect(graph, store, { logg: () => undefined })

// The database as a whole.
const report = await db.sync({ dryRun: true })
report.created satisfies readonly string[]
db.store.readOnly satisfies boolean
db.graph.models satisfies ReadonlyMap<string, unknown>
await db.close()
async function scope(): Promise<void> {
  await using opened = await connect(graph, store)
  await opened.user.find()
}
void scope

const inside = await db.transaction(
  async (tx) => {
    assert<Same<typeof tx, Transaction<Shop>>>()
    const user = await tx.user.create({ name: 'x', email: 'x', password: 'x' })
    await tx.post.create({ title: 't', author: user, reviewer: user })
    void tx.native
    return user.name
  },
  { isolation: 'serializable', timeout: 1000, retry: 3 },
)
inside satisfies string
// @ts-expect-error -- a misspelt option
void db.transaction(async () => undefined, { isolaton: 'serializable' })
// @ts-expect-error -- transactions do not nest
void db.transaction(async (tx) => tx.transaction)

// Functions may ask for a repository, a transaction or the whole.
export const names = (users: Repository<Shop, 'user'>): Promise<{ name: string }[]> =>
  users.find({ select: ['name'] })
void names(db.user)
export const inEither = (some: Db<Shop> | Transaction<Shop>) => some.user.count()
void inEither(db)

// R21, R35: through a scope any to-one may read null, its id too; lists leave out.
const mine = db.scoped({ post: { author: 'id' }, user: { posts: { $some: {} } } })
assert<Same<typeof mine, ScopedDb<Shop>>>()
const posts = await mine.post.find({ populate: { author: true } })
assert<null extends Item<typeof posts>['author'] ? true : false>()
const [scopedPost] = await mine.post.find()
assert<Same<NonNullable<typeof scopedPost>['author'], string | null>>()
assert<Same<NonNullable<typeof scopedPost>['hashtags'], string[]>>()
const [scopedCart] = await mine.cart.find()
assert<Same<NonNullable<typeof scopedCart>['items'], { product: number | null; quantity: number }[]>>()
assert<Same<NonNullable<typeof scopedCart>['wishes'], number[]>>()
const handle = await mine.user.at('id').posts.list({ populate: { author: true } })
assert<null extends Item<typeof handle>['author'] ? true : false>()
void mine.transaction(async (tx) => {
  const found = await tx.post.findOne()
  assert<Same<NonNullable<typeof found>['author'], string | null>>()
})
void mine.scoped({ user: { name: 'x' } })
const everywhere = await connect(graph, store, { scopes: { post: { author: 'id' } } })
const first = await everywhere.post.findOne()
assert<Same<NonNullable<typeof first>['author'], string | null>>()
// @ts-expect-error -- no such model
void db.scoped({ pots: {} })
// @ts-expect-error -- a misspelt field
void db.scoped({ post: { titel: 'x' } })
// @ts-expect-error -- a scope has no connection of its own
void mine.close

export type Plain = RecordOf<Shop, 'post'>
