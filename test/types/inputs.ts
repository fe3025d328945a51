import type { CreateInput, RecordOf, UpdateInput, UpdateManyInput } from 'kinship'
import type { Family } from './family.js'
import type { Shop } from './shop.js'

declare const user: RecordOf<Shop, 'user'>
declare const group: RecordOf<Shop, 'group'>
declare const product: RecordOf<Shop, 'product'>

type NewUser = CreateInput<Shop, 'user'>
type NewPost = CreateInput<Shop, 'post'>
type NewGroup = CreateInput<Shop, 'group'>
type NewProduct = CreateInput<Shop, 'product'>

const jane = { name: 'Jane', email: 'j@x.org', password: 'secret' }

// What has a default, is optional or is a list may be left out; undefined is not given (R1).
export const least: NewUser = jane
export const undefinedGiven: NewUser = { ...jane, age: undefined, posts: undefined }
export const nulls: NewUser = { ...jane, age: null, address: null, profile: null }
export const ownId: NewUser = { ...jane, id: '65f000000000000000000001' }
export const leastProduct: NewProduct = {
  title: 't',
  vendor: 'v',
  code: 'c',
  price: '1.50',
  since: new Date(),
}
export const wholeProduct: NewProduct = {
  ...leastProduct,
  id: 7,
  stock: 5n,
  weight: 0.5,
  active: false,
  state: 'live',
  details: { color: 'red' },
  anything: [1, { deep: null }],
  image: Buffer.from('x'),
  tags: ['a'],
  sizes: null,
}

// @ts-expect-error -- a required field is missing
export const missing: NewUser = { name: 'Jane', email: 'j@x.org' }
// @ts-expect-error -- a required field is not null
export const noName: NewUser = { ...jane, name: null }
// @ts-expect-error -- a misspelt field
export const misspelt: NewUser = { ...jane, nmae: 'Jane' }
// @ts-expect-error -- kinship writes it
export const system: NewUser = { ...jane, createdAt: new Date() }
// @ts-expect-error -- a decimal is a string
export const decimal: NewProduct = { ...leastProduct, price: 1.5 }
// @ts-expect-error -- not one of the values
export const state: NewProduct = { ...leastProduct, state: 'lost' }
// @ts-expect-error -- a bigint
export const stock: NewProduct = { ...leastProduct, stock: 5 }
// @ts-expect-error -- ids given by the caller are required
export const noId: CreateInput<Shop, 'country'> = { name: 'Norway' }
export const country: CreateInput<Shop, 'country'> = { id: 'no', name: 'Norway' }

// A reference takes an id, a record, data of a new record, or `$create`.
export const byId: NewPost = { title: 't', author: 'id', reviewer: 'id' }
export const byRecord: NewPost = { title: 't', author: user, reviewer: { id: 'id' } }
export const byData: NewPost = { title: 't', author: jane, reviewer: { $create: jane } }
export const unset: NewPost = { title: 't', author: 'id', reviewer: 'id', editor: null }
// @ts-expect-error -- a required reference
export const noAuthor: NewPost = { title: 't', reviewer: 'id' }
// @ts-expect-error -- a required reference is not null
export const nullAuthor: NewPost = { title: 't', author: null, reviewer: 'id' }
// @ts-expect-error -- the id of a user is a string
export const wrongId: NewPost = { title: 't', author: 7, reviewer: 'id' }
// @ts-expect-error -- a misspelt field of the new author
export const wrongData: NewPost = { title: 't', author: { ...jane, nmae: 'x' }, reviewer: 'id' }

// R7: ids by the target's kind.
export const cart: CreateInput<Shop, 'cart'> = {
  owner: 'id',
  items: [
    { product: 7, quantity: 1 },
    { product, quantity: 1 },
    { product: { title: 't', vendor: 'v', code: 'c', price: '1.50', since: new Date() }, quantity: 1 },
  ],
  wishes: [7, product],
}
// @ts-expect-error -- the id of a product is a number
export const wrongItem: CreateInput<Shop, 'cart'> = { owner: 'id', items: [{ product: '7', quantity: 1 }] }
// @ts-expect-error -- an item needs a quantity
export const halfItem: CreateInput<Shop, 'cart'> = { owner: 'id', items: [{ product: 7 }] }
export const wife: CreateInput<Family, 'wife'> = { name: 'Lilly', husband: 7 }
export const newHusband: CreateInput<Family, 'wife'> = { name: 'Lilly', husband: { name: 'Mark' } }

// Ids given by the caller: an object with an id is a record, so a new one is made by `$create` only.
export const known: NewUser = { ...jane, address: { street: 's', country: 'no' } }
export const created: NewUser = {
  ...jane,
  address: { street: 's', country: { $create: { id: 'no', name: 'Norway' } } },
}
// @ts-expect-error -- which id?
export const anonymous: NewUser = { ...jane, address: { street: 's', country: { name: 'Norway' } } }

// Nested data, four levels deep and more; the reference back is filled in.
export const deep: NewUser = {
  ...jane,
  profile: { bio: 'x' },
  posts: [
    {
      title: 't',
      reviewer: 'id',
      hashtags: ['id', { text: 'new' }],
      editor: {
        ...jane,
        groups: [{ name: 'g', members: [{ ...jane, posts: [{ title: 'u', reviewer: 'id' }] }] }],
      },
    },
  ],
  cart: { items: [] },
}
// @ts-expect-error -- the author is this user
export const otherAuthor: NewUser = { ...jane, posts: [{ title: 't', reviewer: 'id', author: 'other' }] }
// @ts-expect-error -- a list takes a list
export const noList: NewUser = { ...jane, posts: 'id' }
export const deepMisspelt: NewUser = {
  ...jane,
  // @ts-expect-error -- a misspelt field three levels down
  posts: [{ title: 't', reviewer: 'i', hashtags: [{ txt: 'x' }] }],
}
// @ts-expect-error -- a required field three levels down
export const deepMissing: NewUser = { ...jane, posts: [{ title: 't', reviewer: 'i', editor: { name: 'x' } }] }

// Payload: a new pair needs what has neither default nor `.optional()` (R15).
export const members: NewGroup = {
  name: 'g',
  members: ['id', user, { id: 'id', $link: { role: 'admin' } }, { ...jane, $link: {} }, { $create: jane }],
  banned: [
    { id: 'id', $link: { reason: 'spam' } },
    { ...user, $link: { reason: 'spam' } },
    { ...jane, $link: { reason: 'spam' } },
    { $create: jane, $link: { reason: 'spam' } },
  ],
}
// @ts-expect-error -- a required payload field
export const bareBan: NewGroup = { name: 'g', banned: ['id'] }
// @ts-expect-error -- a required payload field
export const emptyBan: NewGroup = { name: 'g', banned: [{ id: 'id', $link: {} }] }
// @ts-expect-error -- a misspelt payload field
export const wrongLink: NewGroup = { name: 'g', members: [{ id: 'id', $link: { rol: 'admin' } }] }
// @ts-expect-error -- hashtags have no payload
export const noPayload: NewPost = { ...byId, hashtags: [{ id: 'id', $link: {} }] }
export const fromOtherEnd: NewUser = {
  ...jane,
  groups: [group, { name: 'g', $link: { role: 'x' } }],
  bannedFrom: [{ id: 'id', $link: { reason: 'spam' } }],
}

// Declared join models: their other fields are the payload, the two references are not.
export const student: CreateInput<Family, 'student'> = {
  name: 'Ann',
  courses: [7, { id: 7, $link: { grade: 3 } }, { title: 'Maths', $link: { tutor: 'id' } }],
  rivals: [{ id: 'id', $link: { score: 1 } }],
}
export const ownPair: CreateInput<Family, 'student'> = {
  name: 'A',
  // @ts-expect-error -- a reference of the pair itself
  courses: [{ id: 7, $link: { student: 'id' } }],
}
// @ts-expect-error -- a required field of the join model
export const noScore: CreateInput<Family, 'student'> = { name: 'A', rivals: ['id'] }
export const friend: CreateInput<Family, 'person'> = {
  name: 'Bo',
  friends: [{ name: 'Cy', $link: { since: new Date() } }],
  children: [{ name: 'Di' }],
  parent: { name: 'Ed' },
}

// Updates take any part, and numbers also as `$inc`.
export const update: UpdateInput<Shop, 'user'> = {
  name: 'x',
  age: { $inc: -1 },
  address: { street: 's', country: 'no' },
  profile: null,
  edited: ['id', { title: 't', reviewer: 'id', author: 'id' }],
  groups: [{ id: 'id', $link: { role: 'x' } }],
  bannedFrom: ['id'],
}
// @ts-expect-error -- posts require their author, so that none could be taken off the list
export const replaced: UpdateInput<Shop, 'user'> = { posts: ['id'] }
export const numbers: UpdateInput<Shop, 'product'> = {
  stock: { $inc: 1n },
  price: { $inc: '0.50' },
  weight: { $inc: 0.5 },
  sizes: [1, 2],
}
// @ts-expect-error -- an integer by an integer
export const wrongInc: UpdateInput<Shop, 'user'> = { age: { $inc: '1' } }
// @ts-expect-error -- only numbers
export const textInc: UpdateInput<Shop, 'user'> = { name: { $inc: 1 } }
// @ts-expect-error -- immutable
export const immutable: UpdateInput<Shop, 'post'> = { slug: 'x' }
// @ts-expect-error -- ids do not change
export const id: UpdateInput<Shop, 'post'> = { id: 'x' }
// @ts-expect-error -- kinship writes it
export const version: UpdateInput<Shop, 'post'> = { version: 3 }
// @ts-expect-error -- a required reference is not unset
export const noReviewer: UpdateInput<Shop, 'post'> = { reviewer: null }

// R33: updateMany takes fields and non-unique references.
export const many: UpdateManyInput<Shop, 'post'> = { title: 'x', author: user, editor: null }
export const manyNumbers: UpdateManyInput<Shop, 'user'> = { age: { $inc: 1 } }
// @ts-expect-error -- nothing nested
export const manyNested: UpdateManyInput<Shop, 'post'> = { author: jane }
// @ts-expect-error -- no lists
export const manyList: UpdateManyInput<Shop, 'post'> = { hashtags: ['id'] }
// @ts-expect-error -- a one-one reference
export const manyUnique: UpdateManyInput<Shop, 'profile'> = { user: 'id' }
// @ts-expect-error -- embedded structures are replaced whole, one by one
export const manyEmbedded: UpdateManyInput<Shop, 'user'> = { address: null }
// @ts-expect-error -- an end of others
export const manyInverse: UpdateManyInput<Shop, 'user'> = { posts: [] }
