/** Users and what they write, join and buy, in the graph that several tests share. */
import { blog } from '../../fixtures/graphs.js'
import type { Store } from '../../../src/store/store.js'
import { id, open, type Opened, type Rows } from './database.js'

const deletedAt = new Date('2024-01-01T00:00:00Z')

export const [jane, john, gone] = [id(1), id(2), id(3)] as const
export const [p1, p2, p3, p4] = [id(21), id(22), id(23), id(24)] as const
export const [js, ts] = [id(31), id(32)] as const
export const [staff, club] = [id(41), id(42)] as const
export const [ann, bob, cid] = [id(51), id(52), id(53)] as const
export const [pen, ink] = [id(61), id(62)] as const

/** `gone` is deleted, with a profile, a post and a membership; p4 is Jane's, and deleted. */
export function openShop(wrap?: (store: Store) => Store): Promise<Opened> {
  return open(blog, rows, wrap)
}

const rows: Rows = {
  user: [
    { id: jane, name: 'Jane', email: 'jane@x.org', age: 30, password: 'secret' },
    { id: john, name: 'John', email: 'john@x.org' },
    { id: gone, name: 'Gone', email: 'gone@x.org', age: 50, deletedAt },
  ],
  profile: [
    { id: id(11), bio: 'of Jane', user: jane },
    { id: id(12), bio: 'older', user: jane, deletedAt: new Date('2023-01-01T00:00:00Z') },
    { id: id(13), bio: 'first of John', user: john, deletedAt: new Date('2022-01-01T00:00:00Z') },
    { id: id(14), bio: 'last of John', user: john, deletedAt: new Date('2023-06-01T00:00:00Z') },
  ],
  hashtag: [
    { id: js, text: 'js' },
    { id: ts, text: 'ts' },
  ],
  post: [
    { id: p1, title: 'alpha', author: jane, hashtags: [ts, js] },
    { id: p2, title: 'beta', author: jane },
    { id: p3, title: 'gamma', author: gone, hashtags: [js] },
    { id: p4, title: 'delta', author: jane, deletedAt },
  ],
  comment: [
    { id: id(71), text: 'one', post: p1, by: john },
    { id: id(72), text: 'two', post: p1, by: gone },
    { id: id(73), text: 'three', post: p2 },
  ],
  group: [
    { id: staff, name: 'staff' },
    { id: club, name: 'club' },
  ],
  'group.members': [
    { group: staff, user: jane, joinedAt: new Date(2), role: 'lead' },
    { group: staff, user: john, joinedAt: new Date(1) },
    { group: club, user: jane, joinedAt: new Date(1) },
    { group: club, user: gone, joinedAt: new Date(3) },
  ],
  person: [
    { id: ann, name: 'Ann' },
    { id: bob, name: 'Bob', parent: ann },
    { id: cid, name: 'Cid', parent: ann },
  ],
  'person.friends': [
    { person: ann, friends: cid, since: 2001 },
    { person: bob, friends: cid, since: 2002 },
  ],
  'person.follows': [
    { followers: bob, follows: ann },
    { followers: ann, follows: ann },
  ],
  product: [
    { id: pen, title: 'pen', price: '1.50' },
    { id: ink, title: 'ink', price: '9.00' },
  ],
  cart: [
    {
      id: id(81),
      owner: jane,
      items: [
        { product: pen, quantity: 2 },
        { product: ink, quantity: 1 },
        { product: pen, quantity: 5 },
      ],
    },
    { id: id(82), owner: john, items: [] },
  ],
}
