import type { Where } from 'kinship'
import type { Family } from './family.js'
import type { Shop } from './shop.js'

type Users = Where<Shop, 'user'>
type Posts = Where<Shop, 'post'>
type Products = Where<Shop, 'product'>
type Carts = Where<Shop, 'cart'>

// Values and operators of each kind.
export const values: Products = {
  id: 7,
  title: 't',
  price: '1.50',
  stock: 5n,
  weight: null,
  active: true,
  since: new Date(),
  state: 'live',
  details: { color: 'red' },
  image: new Uint8Array(),
  vendor: undefined,
}
export const operators: Products = {
  id: { $in: [1, 2], $gt: 0 },
  title: { $like: 'a%', $ilike: '%b', $ne: 'x', $nin: ['y'], $gte: 'a', $not: { $like: 'b%' } },
  price: { $gt: '1.00', $lte: '2.00' },
  stock: { $lt: 5n },
  weight: { $eq: null, $exists: true, $in: [1, null] },
  active: { $ne: false, $not: true },
  since: { $gte: new Date() },
  state: { $in: ['draft', 'live'], $like: 'd%' },
  details: { $ne: { color: 'red' }, $exists: true },
  image: { $eq: new Uint8Array() },
}
export const arrays: Products = {
  tags: { $contains: 'a', $size: { $gt: 1 } },
  sizes: { $size: 0, $exists: true },
}
export const logic: Users = {
  $and: [{ name: 'x' }, { $or: [{ age: { $gt: 3 } }, { age: null }] }],
  $not: { name: 'y', $not: { email: 'z' } },
}
export const hidden: Users = { password: 'secret' }
export const system: Users = { deletedAt: null, createdAt: { $lt: new Date() } }

// @ts-expect-error -- a misspelt field
export const misspelt: Users = { nmae: 'x' }
// @ts-expect-error -- a misspelt operator
export const operator: Users = { name: { $lik: 'x' } }
// @ts-expect-error -- a misspelt operator beside a right one
export const besides: Users = { name: { $lik: 'x', $eq: 'y' } }
// @ts-expect-error -- a value of another type
export const type: Users = { name: 3 }
// @ts-expect-error -- a value of another type in an operator
export const operatorType: Users = { name: { $in: [3] } }
// @ts-expect-error -- a required field is never null
export const required: Users = { name: null }
// @ts-expect-error -- ranges never match null
export const range: Users = { age: { $gt: null } }
// @ts-expect-error -- booleans have no order
export const order: Products = { active: { $gt: false } }
// @ts-expect-error -- numbers have no patterns
export const pattern: Users = { age: { $like: '3%' } }
// @ts-expect-error -- JSON is compared as a whole
export const json: Products = { details: { $in: [{ color: 'red' }] } }
// @ts-expect-error -- not one of the values
export const state: Products = { state: 'lost' }
// @ts-expect-error -- R6: a whole array is not compared
export const array: Products = { tags: ['a'] }
// @ts-expect-error -- an element has the item's type
export const contains: Products = { tags: { $contains: 3 } }
// @ts-expect-error -- a misspelt field inside logic
export const inside: Users = { $and: [{ nmae: 'x' }] }
// @ts-expect-error -- `$or` takes a list
export const or: Users = { $or: { name: 'x' } }

// To-one ends: the stored id, or a filter of the target.
export const ids: Posts = { author: 'id', editor: null, reviewer: { $in: ['a', 'b'] } }
export const targets: Posts = {
  author: { name: 'x', posts: { $some: { title: 'y' } } },
  editor: { $exists: true },
}
export const mixed: Posts = { author: { $not: 'id', name: 'x', $or: [{ age: 3 }] } }
export const inverse: Users = { profile: { bio: 'x', user: { name: 'y' } }, cart: null }
export const present: Users = { profile: { $exists: true } }
// @ts-expect-error -- an id of another type
export const idType: Posts = { author: 7 }
// @ts-expect-error -- required
export const nullAuthor: Posts = { author: null }
// @ts-expect-error -- a misspelt field of the target
export const target: Posts = { author: { nmae: 'x' } }
// @ts-expect-error -- another model's id is not stored here
export const inverseId: Users = { profile: 'id' }

// To-many ends.
export const lists: Users = {
  posts: {
    $some: { title: 'x' },
    $every: { slug: 'y' },
    $none: { hashtags: { $size: 0 } },
    $size: { $gte: 3 },
  },
  groups: {
    $some: { name: 'g', $link: { joinedAt: { $gt: new Date() }, $or: [{ role: 'a' }, { role: null }] } },
  },
}
export const oneSided: Posts = { hashtags: { $contains: 'id', $some: { text: 'x' }, $not: { $size: 2 } } }
// @ts-expect-error -- a list takes operators
export const listId: Users = { posts: 'id' }
// @ts-expect-error -- a filter of targets goes into $some, $every or $none
export const listFilter: Users = { posts: { title: 'x' } }
// @ts-expect-error -- only one-sided lists have stored ids
export const notStored: Users = { posts: { $contains: 'id' } }
// @ts-expect-error -- posts have no payload
export const noPayload: Users = { posts: { $some: { $link: {} } } }
// @ts-expect-error -- a misspelt payload field
export const payload: Users = { groups: { $some: { $link: { rol: 'a' } } } }

// Embedded structures.
export const embedded: Users = {
  address: { street: { $like: 'a%' }, country: { name: 'Norway' }, $exists: true },
}
export const noAddress: Users = { address: null }
export const items: Carts = {
  items: { $some: { product: 7, quantity: { $gt: 1 } }, $none: { product: { title: 'x' } }, $size: 2 },
  wishes: { $some: 7, $none: { title: 'x' }, $every: { $in: [1, 2] } },
}
// @ts-expect-error -- a misspelt member
export const member: Users = { address: { stret: 'x' } }
// @ts-expect-error -- a misspelt member of an element
export const element: Carts = { items: { $some: { quantty: 1 } } }
// @ts-expect-error -- a value of another type
export const elementType: Carts = { items: { $some: { quantity: 'x' } } }

// R16: both ways of a self-association; declared join models.
export const family: Where<Family, 'person'> = {
  parent: { name: 'x' },
  children: { $none: {} },
  friends: { $some: { $link: { since: { $lt: new Date() } }, follows: { $size: 0 } } },
  followers: { $every: { name: 'y' } },
}
export const through: Where<Family, 'course'> = {
  students: { $some: { name: 'x', $link: { grade: { $gte: 2 }, tutor: 'id' } } },
}
export const throughTarget: Where<Family, 'course'> = {
  // @ts-expect-error -- a payload's references are compared by id
  students: { $some: { $link: { tutor: { name: 'x' } } } },
}
// @ts-expect-error -- the pair's own references are no payload
export const throughSide: Where<Family, 'course'> = { students: { $some: { $link: { student: 'id' } } } }
