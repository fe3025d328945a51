import type { OrderBy } from 'kinship'
import { db, type Shop } from './shop.js'

export const several: OrderBy<Shop, 'post'> = { author: { name: 'asc' }, title: 'desc' }
export const list: OrderBy<Shop, 'post'> = [{ title: 'desc' }, { author: { profile: { bio: 'asc' } } }]
export const size: OrderBy<Shop, 'user'> = { posts: { $size: 'desc' } }
export const stored: OrderBy<Shop, 'post'> = { author: 'asc', hashtags: { $size: 'asc' } }
export const embedded: OrderBy<Shop, 'user'> = { address: { street: 'asc', country: { name: 'asc' } } }

// @ts-expect-error -- a misspelt field
export const misspelt: OrderBy<Shop, 'post'> = { titel: 'asc' }
// @ts-expect-error -- a misspelt field beyond an end
export const beyond: OrderBy<Shop, 'post'> = { author: { nmae: 'asc' } }
// @ts-expect-error -- asc or desc
export const direction: OrderBy<Shop, 'post'> = { title: 'up' }
// @ts-expect-error -- a list is ordered by its size
export const byList: OrderBy<Shop, 'user'> = { posts: 'asc' }
// @ts-expect-error -- another model's id is not stored here
export const inverse: OrderBy<Shop, 'user'> = { profile: 'asc' }
// @ts-expect-error -- JSON has no order
export const json: OrderBy<Shop, 'product'> = { details: 'asc' }
// @ts-expect-error -- arrays have no order
export const array: OrderBy<Shop, 'product'> = { tags: 'asc' }

// A payload orders the list it belongs to.
void db.group.find({ populate: { members: { orderBy: { $link: { joinedAt: 'desc' }, name: 'asc' } } } })
void db.user.at('id').groups.list({ orderBy: [{ $link: { role: 'asc' } }] })
// @ts-expect-error -- posts have no payload
void db.user.find({ populate: { posts: { orderBy: { $link: { joinedAt: 'desc' } } } } })
// @ts-expect-error -- a misspelt payload field
void db.group.find({ populate: { members: { orderBy: { $link: { joined: 'desc' } } } } })
