import type { LinkReport, RecordOf } from 'kinship'
import { assert, type Item, type Same } from './assert.js'
import { db as family } from './family.js'
import { db, type Shop } from './shop.js'

declare const user: RecordOf<Shop, 'user'>
const jane = { name: 'Jane', email: 'j@x.org', password: 'secret' }

// To-many ends: the same set of methods everywhere.
const { groups, posts, bannedFrom } = db.user.at('id')
const listed = await groups.list({ where: { name: 'x', $link: { role: 'a' } }, select: ['name'], limit: 3 })
assert<Same<Item<typeof listed>, { name: string; $link: { joinedAt: Date; role: string | null } }>>()
const populated = await posts.list({ populate: { author: { select: ['name'] } } })
assert<Same<Item<typeof populated>['author'], { name: string }>>()
assert<Same<Awaited<ReturnType<typeof groups.count>>, number>>()
void groups.count({ where: { $link: { role: null } } })
void groups.has('id')
void db.group.at('id').members.has(user)
const report = await groups.add('id')
assert<Same<typeof report, LinkReport<string>>>()
void groups.add(['id', { id: 'id', $link: { role: 'a' } }, { name: 'new' }, { $create: { name: 'new' } }], {
  joinedAt: new Date(),
})
void groups.update('id', { role: null })
void groups.remove(['id', { id: 'id' }])
void groups.set(['id'], { role: 'a' })
void groups.clear()
const created = await groups.create({ name: 'g' }, { role: 'a' })
assert<Same<typeof created, RecordOf<Shop, 'group'>>>()
const several = await posts.create([{ title: 't', reviewer: 'id' }])
assert<Same<typeof several, RecordOf<Shop, 'post'>[]>>()
void bannedFrom.create({ name: 'g' }, { reason: 'spam' })
void bannedFrom.add('id', { reason: 'spam' })

// @ts-expect-error -- no such end
void db.user.at('id').group
// @ts-expect-error -- a field has no handle
void db.user.at('id').name
// @ts-expect-error -- an id of another type
void groups.add(7)
// @ts-expect-error -- a misspelt payload field
void groups.add('id', { rol: 'a' })
// @ts-expect-error -- posts have no payload
void posts.add('id', {})
// @ts-expect-error -- a new pair needs the required payload
void bannedFrom.create({ name: 'g' })
// @ts-expect-error -- the author is this user
void posts.create({ title: 't', reviewer: 'id', author: 'id' })
// @ts-expect-error -- a misspelt option
void posts.list({ lmit: 3 })
// @ts-expect-error -- a misspelt field in a filter
void posts.list({ where: { titel: 'x', slug: 'y' } })

// To-one ends.
const { author, editor } = db.post.at('id')
const found = await author.get({ select: ['name'] })
assert<Same<typeof found, { name: string }>>()
const filtered = await author.get({ where: { name: 'x' } })
assert<Same<typeof filtered, RecordOf<Shop, 'user'> | null>>()
const optional = await editor.get()
assert<Same<typeof optional, RecordOf<Shop, 'user'> | null>>()
void author.set(user)
void author.set({ ...jane })
void editor.set(null)
const made = await editor.create(jane)
assert<Same<typeof made, RecordOf<Shop, 'user'>>>()
void db.user.at('id').profile.set('id')
// @ts-expect-error -- a required reference is not unset
void author.set(null)
// @ts-expect-error -- R14: nor is it from the other end
void db.user.at('id').profile.set(null)
// @ts-expect-error -- a misspelt option
void author.get({ slect: ['name'] })
// @ts-expect-error -- a to-one end has no list
void author.list()

// Embedded arrays.
const { items } = db.cart.at('id')
void items.push({ product: 7, quantity: 1 })
void items.push([{ product: { id: 7, title: 'the rest is ignored' }, quantity: 1 }])
void items.update({ product: 7, quantity: { $lt: 3 } }, { quantity: 3 })
void items.remove({ product: { title: 'x' } })
// @ts-expect-error -- an item needs a quantity
void items.push({ product: 7 })
// @ts-expect-error -- a misspelt member
void items.update({ product: 7 }, { quantty: 3 })
// @ts-expect-error -- R12: an array of references has no handle
void db.cart.at('id').wishes

// Symmetric and self-associations, other id kinds, declared join models.
void family.person.at('id').friends.add('id', { since: new Date() })
void family.person.at('id').children.set(['a', 'b'])
void family.husband.at(7).wife.create({ name: 'Lilly' })
const enrolled = await family.student.at('id').courses.add([7, 8], { grade: 2 })
assert<Same<typeof enrolled.added, readonly number[]>>()
// @ts-expect-error -- an id of another type
void family.husband.at('7')
