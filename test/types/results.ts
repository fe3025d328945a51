import type { Loaded, Populate, Query, RecordOf, Where } from 'kinship'
import { assert, type Item, type Same } from './assert.js'
import type { Family } from './family.js'
import { db as family } from './family.js'
import { db, type Shop } from './shop.js'

type User = RecordOf<Shop, 'user'>
type Post = RecordOf<Shop, 'post'>

// Without options: the record.
const [plain] = await db.user.find()
assert<Same<typeof plain, User | undefined>>()
const filtered = await db.user.find({
  where: { name: 'x' },
  orderBy: { name: 'asc' },
  limit: 3,
  deleted: 'only',
})
assert<Same<typeof filtered, User[]>>()
const one = await db.user.findOne({ where: { email: 'x' } })
assert<Same<typeof one, User | null>>()
const byId = await db.product.findById(7)
assert<Same<typeof byId, RecordOf<Shop, 'product'> | null>>()
// @ts-expect-error -- an id of another type
void db.product.findById('7')
// @ts-expect-error -- an id is a condition already
void db.user.findById('id', { where: { name: 'x' } })

// select, omit, reveal.
const selected = await db.user.find({ select: ['name', 'age'] })
assert<Same<Item<typeof selected>, { name: string; age: number | null }>>()
const omitted = await db.user.find({ omit: ['address', 'createdAt', 'updatedAt', 'deletedAt'] })
assert<Same<Item<typeof omitted>, { id: string; name: string; email: string; age: number | null }>>()
const revealed = await db.user.find({ select: ['name'], reveal: ['password'] })
assert<Same<Item<typeof revealed>, { name: string; password: string }>>()
const revealedToo = await db.user.find({ reveal: ['password'] })
assert<Same<Item<typeof revealedToo>['password'], string>>()
// @ts-expect-error -- hidden
void (await db.user.find())[0]?.password
// @ts-expect-error -- not selected
void selected[0]?.email
// @ts-expect-error -- a misspelt field
void db.user.find({ select: ['nmae'] })
// @ts-expect-error -- a hidden field is revealed
void db.user.find({ select: ['password'] })
// @ts-expect-error -- an end is populated
void db.user.find({ select: ['posts'] })
// @ts-expect-error -- not hidden
void db.user.find({ reveal: ['name'] })
// @ts-expect-error -- a misspelt option
void db.user.find({ wher: { name: 'x' } })
// @ts-expect-error -- a misspelt option beside a right one
void db.user.find({ limit: 3, ofset: 3 })
// @ts-expect-error -- a misspelt field in a filter
void db.user.find({ where: { name: 'x', emial: 'x' } })

// Ends take the place of their ids, or are added.
const jane = await db.user.findOne({
  populate: {
    profile: true,
    posts: {
      where: { title: { $like: '%kin%' } },
      orderBy: { title: 'asc' },
      limit: 3,
      populate: { hashtags: true },
    },
    groups: true,
  },
  count: { posts: true, groups: { where: { name: 'x', $link: { role: 'a' } } } },
})
if (jane) {
  assert<Same<typeof jane.profile, RecordOf<Shop, 'profile'> | null>>()
  assert<Same<Item<typeof jane.posts>['hashtags'], RecordOf<Shop, 'hashtag'>[]>>()
  assert<Same<Omit<Item<typeof jane.posts>, 'hashtags'>, Omit<Post, 'hashtags'>>>()
  assert<
    Same<
      Item<typeof jane.groups>,
      { id: string; name: string; $link: { joinedAt: Date; role: string | null } }
    >
  >()
  assert<Same<typeof jane.$count, { posts: number; groups: number }>>()
  assert<Same<typeof jane.name, string>>()
}
const nested = await db.post.find({
  select: ['title'],
  populate: {
    author: { select: ['name'], populate: { groups: { select: ['name'] } }, count: { posts: true } },
  },
})
assert<
  Same<
    Item<typeof nested>,
    {
      title: string
      author: {
        name: string
        groups: { name: string; $link: { joinedAt: Date; role: string | null } }[]
        $count: { posts: number }
      }
    }
  >
>()
// @ts-expect-error -- no such end
void db.user.find({ populate: { profiles: true } })
// @ts-expect-error -- no such end beside a right one
void db.user.find({ populate: { profile: true, pots: true } })
// @ts-expect-error -- a field is no end
void db.user.find({ populate: { name: true } })
// @ts-expect-error -- no such end further down
void db.user.find({ populate: { posts: { populate: { hashtags: true, groups: true } } } })
// @ts-expect-error -- a misspelt option further down
void db.user.find({ populate: { posts: { limt: 3, where: { title: 'x' } } } })
// @ts-expect-error -- a misspelt field in a filter further down
void db.user.find({ populate: { posts: { where: { titel: 'x', slug: 'y' } } } })
// @ts-expect-error -- a to-one end has no limit
void db.post.find({ populate: { author: { limit: 1 } } })
// @ts-expect-error -- a to-one end is not counted
void db.post.find({ count: { author: true } })
// @ts-expect-error -- `inherit` has no parent here
void db.user.find({ deleted: 'inherit' })

// References inside embedded structures; the other members stay.
const carts = await db.cart.find({
  populate: {
    items: { product: { select: ['title'] } },
    wishes: { select: ['title'] },
    owner: { select: ['name'] },
  },
})
assert<
  Same<
    Item<typeof carts>,
    {
      id: string
      items: { product: { title: string }; quantity: number }[]
      wishes: { title: string }[]
      owner: { name: string }
    }
  >
>()
const addresses = await db.user.find({ select: ['name'], populate: { address: { country: true } } })
assert<
  Same<
    Item<typeof addresses>,
    {
      name: string
      address: { street: string; country: { id: string; name: string }; note: string | null } | null
    }
  >
>()
// @ts-expect-error -- a member without a reference
void db.cart.find({ populate: { items: { quantity: true } } })
// @ts-expect-error -- an embedded level has no options
void db.cart.find({ populate: { items: { where: { quantity: 1 } } } })

// R21: a to-one is non-null only where nothing can hide it.
const sure = await db.post.find({ populate: { author: true, editor: true, reviewer: true } })
assert<Same<null extends Item<typeof sure>['author'] ? true : false, false>>()
assert<null extends Item<typeof sure>['editor'] ? true : false>()
// A dirty tie leaves references to what is gone.
assert<null extends Item<typeof sure>['reviewer'] ? true : false>()
const filteredOne = await db.post.find({ populate: { author: { where: { name: 'x' } } } })
assert<null extends Item<typeof filteredOne>['author'] ? true : false>()
const ofDeleted = await db.post.find({ deleted: 'include', populate: { author: true } })
assert<null extends Item<typeof ofDeleted>['author'] ? true : false>()
const onlyDeleted = await db.post.find({ populate: { author: { deleted: 'only' } } })
assert<null extends Item<typeof onlyDeleted>['author'] ? true : false>()
const withDeleted = await db.post.find({ populate: { author: { deleted: 'include' } } })
assert<Same<null extends Item<typeof withDeleted>['author'] ? true : false, false>>()
const inheriting = await db.user.find({
  deleted: 'include',
  populate: {
    posts: { deleted: 'inherit', populate: { author: true } },
    edited: { populate: { author: true } },
  },
})
assert<null extends Item<Item<typeof inheriting>['posts']>['author'] ? true : false>()
assert<Same<null extends Item<Item<typeof inheriting>['edited']>['author'] ? true : false, false>>()

// Self-associations, symmetric ones, declared join models.
const people = await family.person.find({
  populate: {
    parent: { populate: { children: true } },
    friends: { populate: { friends: true } },
    followers: { populate: { follows: true } },
  },
})
assert<Same<Item<typeof people>['friends'][number]['$link'], { since: Date }>>()
assert<Same<Item<typeof people>['friends'][number]['friends'][number]['$link'], { since: Date }>>()
assert<Same<NonNullable<Item<typeof people>['parent']>['children'], RecordOf<Family, 'person'>[]>>()
assert<Same<Item<typeof people>['followers'][number]['follows'], RecordOf<Family, 'person'>[]>>()
const students = await family.student.find({ populate: { courses: true, rivals: true, rivalOf: true } })
assert<
  Same<Item<typeof students>['courses'][number]['$link'], { grade: number | null; tutor: string | null }>
>()
assert<Same<Item<typeof students>['rivals'][number]['$link'], { score: number }>>()
assert<Same<Item<typeof students>['rivalOf'][number]['$link'], { score: number }>>()
const wives = await family.wife.find({ populate: { husband: { populate: { wife: true } } } })
assert<Same<Item<typeof wives>['husband']['id'], number>>()
assert<Same<Item<typeof wives>['husband']['wife'], RecordOf<Family, 'wife'> | null>>()

// The other reads.
const page = await db.post.findPage({ select: ['title'], limit: 10, total: true, after: 'cursor' })
assert<Same<typeof page.records, { title: string }[]>>()
assert<Same<typeof page.next, string | null>>()
for await (const record of db.post.stream({ select: ['title'] }, { batch: 100 }))
  record.title satisfies string
assert<Same<Awaited<ReturnType<typeof db.post.count>>, number>>()
void db.post.count({ where: { title: 'x' }, deleted: 'include' })
// @ts-expect-error -- a count has no limit
void db.post.count({ limit: 3 })
void db.post.exists({ where: { author: 'id' } })
const explanation = await db.post.explain({ populate: { author: true } })
assert<Same<typeof explanation.statements, readonly string[]>>()

// Records loaded before; whether they were live is not known.
const later = await db.post.populate(await db.post.find({ select: ['id', 'title'] }), { author: true })
assert<Same<Item<typeof later>, { id: string; title: string; author: User | null }>>()
const single = await db.user.populate({ id: 'id', own: 1 }, { posts: { select: ['title'] } })
assert<Same<typeof single, { id: string; own: number; posts: { title: string }[] }>>()
// @ts-expect-error -- records have an id
void db.user.populate([{ name: 'x' }], { posts: true })
// @ts-expect-error -- no such end
void db.user.populate([{ id: 'x' }], { pots: true })

// Queries and results have names.
const query = { select: ['title'], populate: { author: true } } satisfies Query<Shop, 'post'>
assert<Same<Item<Awaited<ReturnType<typeof byQuery>>>, { title: string; author: User }>>()
function byQuery() {
  return db.post.find(query)
}
type WithPosts = Loaded<Shop, 'user', { populate: { posts: true } }>
assert<Same<WithPosts['posts'], Post[]>>()
assert<Same<Loaded<Shop, 'user'>, User>>()

// Of a query that is known by its type only, no more is promised than holds for every such query.
declare const anyQuery: Query<Shop, 'post'>
const [unsure] = await db.post.find(anyQuery)
assert<Same<NonNullable<typeof unsure>['title'], string | undefined>>()
assert<Same<NonNullable<typeof unsure>['author'], unknown>>()
declare const maybe: boolean
const sometimes = await db.post.find({
  select: maybe ? ['title'] : undefined,
  count: maybe ? { hashtags: true } : undefined,
  populate: { author: { deleted: maybe ? 'only' : undefined, select: ['name'] } },
})
assert<Same<Item<typeof sometimes>['title'], string | undefined>>()
assert<Same<Item<typeof sometimes>['$count'], { hashtags: number } | undefined>>()
assert<Same<Item<typeof sometimes>['author'], { name: string } | null>>()
const notGiven = await db.post.find({ select: undefined, populate: undefined, count: undefined })
assert<Same<Item<typeof notGiven>, Post>>()

// Parts of a query may be known by their types only.
declare const anyWhere: Where<Shop, 'user'>
declare const anyTree: Populate<Shop, 'user'>
const chosen = await db.user.find({ where: anyWhere, select: ['name'] })
assert<Same<typeof chosen, { name: string }[]>>()
void db.user.find({ where: { $and: [anyWhere, { name: 'x' }] } })
void db.post.find({ where: { author: anyWhere }, populate: { author: { where: anyWhere } } })
void db.user.findOne({ populate: anyTree })
// @ts-expect-error -- a misspelt option beside them
void db.user.find({ where: anyWhere, ofset: 3 })
// @ts-expect-error -- a misspelt field beside them
void db.user.find({ where: { $and: [anyWhere, { nmae: 'x' }] } })
