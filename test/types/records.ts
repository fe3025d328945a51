import type { JsonValue, RecordOf } from 'kinship'
import { assert, type Same } from './assert.js'
import type { Family } from './family.js'
import type { cart, post, product, Shop } from './shop.js'

// A record shows its visible fields, ids of references and one-sided lists, and fields of model options.
assert<
  Same<
    RecordOf<Shop, 'user'>,
    {
      id: string
      name: string
      email: string
      age: number | null
      address: { street: string; country: string; note: string | null } | null
      deletedAt: Date | null
      createdAt: Date
      updatedAt: Date
    }
  >
>()
assert<
  Same<
    RecordOf<Shop, 'post'>,
    {
      id: string
      title: string
      slug: string
      author: string
      editor: string | null
      reviewer: string
      hashtags: string[]
      deletedAt: Date | null
      version: number
    }
  >
>()
assert<Same<RecordOf<Shop, 'group'>, { id: string; name: string }>>()

// Every field kind has its JavaScript value.
assert<
  Same<
    RecordOf<Shop, 'product'>,
    {
      id: number
      title: string
      vendor: string
      code: string
      price: string
      stock: bigint
      weight: number | null
      active: boolean
      since: Date
      state: 'draft' | 'live' | 'gone'
      details: { readonly color: string } | null
      anything: NonNullable<JsonValue> | null
      image: Uint8Array | null
      description: string | null
      tags: string[]
      sizes: number[] | null
    }
  >
>()

// R7: a reference has the id type of its target, inside embedded structures too.
assert<
  Same<
    RecordOf<Shop, 'cart'>,
    { id: string; owner: string; items: { product: number; quantity: number }[]; wishes: number[] }
  >
>()
assert<
  Same<RecordOf<Family, 'wife'>, { id: string; name: string; husband: number; deletedAt: Date | null }>
>()
assert<Same<RecordOf<Family, 'husband'>['id'], number>>()

// Symmetric and two-ended lists are not shown.
assert<Same<RecordOf<Family, 'person'>, { id: string; name: string; parent: string | null }>>()

// A model alone knows its own id kind, but not that of its targets.
assert<Same<RecordOf<typeof product>['id'], number>>()
assert<Same<RecordOf<typeof post>['author'], string | number>>()
assert<Same<RecordOf<typeof cart>['items'], { product: string | number; quantity: number }[]>>()

// @ts-expect-error -- no such model
export type Unknown = RecordOf<Shop, 'usr'>
// @ts-expect-error -- a model alone has no name to give
export type Named = RecordOf<typeof post, 'post'>
