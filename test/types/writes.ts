import type { DeleteReport, RecordOf } from 'kinship'
import { assert, type Same } from './assert.js'
import { db, type Shop } from './shop.js'

type User = RecordOf<Shop, 'user'>
const jane = { name: 'Jane', email: 'j@x.org', password: 'secret' }

// A write returns the record, shaped by its options.
const created = await db.user.create(jane)
assert<Same<typeof created, User>>()
const shaped = await db.user.create(jane, { select: ['name'], populate: { posts: { select: ['title'] } } })
assert<Same<typeof shaped, { name: string; posts: { title: string }[] }>>()
const many = await db.user.createMany([jane, { ...jane, posts: [] }], { select: ['id'] })
assert<Same<typeof many, { id: string }[]>>()
const updated = await db.user.update('id', { name: 'x' }, { reveal: ['password'] })
assert<Same<typeof updated.password, string>>()
// @ts-expect-error -- a misspelt field in an object literal
void db.user.create({ ...jane, nmae: 'x' })
// @ts-expect-error -- a misspelt option
void db.user.create(jane, { selct: ['name'] })
// @ts-expect-error -- a misspelt option beside a right one
void db.user.update('id', {}, { select: ['name'], omitt: [] })

// `ifVersion` is for models that have versions.
void db.post.update('id', { title: 'x' }, { ifVersion: 3, select: ['version'] })
// @ts-expect-error -- users have none
void db.user.update('id', { name: 'x' }, { ifVersion: 3 })

const { count } = await db.user.updateMany({ where: { age: { $lt: 18 } }, data: { age: { $inc: 1 } } })
count satisfies number
// @ts-expect-error -- a misspelt field
void db.user.updateMany({ data: { nmae: 'x' } })

// R33: upsert goes by a complete unique key and takes no nested data.
const upserted = await db.user.upsert({ where: { email: 'x' }, create: jane, update: { name: 'x' } })
assert<Same<typeof upserted, { readonly record: User; readonly created: boolean }>>()
void db.profile.upsert({ where: { user: 'id' }, create: { user: 'id' }, update: { bio: 'x' } })
const newProduct = { title: 't', vendor: 'v', code: 'c', price: '1.50', since: new Date() }
void db.product.upsert({ where: { vendor: 'v', code: 'c' }, create: newProduct, update: {} })
void db.product.upsert({ where: { id: 7 }, create: newProduct, update: {} })
// The key need not be given twice; embedded structures and references are no nested data.
void db.user.upsert({
  where: { email: 'x' },
  create: { name: 'x', password: 'x', address: null },
  update: { age: { $inc: 1 }, address: { street: 's', country: 'no' } },
})
void db.profile.upsert({ where: { user: 'id' }, create: {}, update: { user: 'other' } })
// @ts-expect-error -- the rest is required
void db.user.upsert({ where: { email: 'x' }, create: { name: 'x' }, update: {} })
// @ts-expect-error -- a misspelt field
void db.user.upsert({ where: { email: 'x' }, create: jane, update: { nmae: 'x' } })
// @ts-expect-error -- more than the key
void db.user.upsert({ where: { email: 'x', nmae: 'y' }, create: jane, update: {} })
// @ts-expect-error -- not unique
void db.user.upsert({ where: { name: 'x' }, create: jane, update: {} })
// @ts-expect-error -- half of a key
void db.product.upsert({ where: { vendor: 'v' }, create: newProduct, update: {} })
// @ts-expect-error -- a key has a value
void db.user.upsert({ where: { email: null }, create: jane, update: {} })
// @ts-expect-error -- nothing nested
void db.user.upsert({ where: { email: 'x' }, create: { ...jane, posts: [] }, update: {} })
// @ts-expect-error -- nothing nested
void db.profile.upsert({ where: { user: 'id' }, create: { user: jane }, update: {} })

void db.user.findOrCreate({ where: { name: 'x' }, create: { ...jane, profile: {} } }, { select: ['name'] })

const report = await db.user.delete('id', { hard: true })
assert<Same<typeof report, DeleteReport>>()
void db.user.deleteMany({ where: { age: null } })
void db.product.deleteMany({ ids: [1, 2], hard: true })
const plan = await db.user.planDelete({ where: { age: null } }, { hard: true })
void db.user.delete('id', { plan })
const restored = await db.user.restore('id')
restored.restored satisfies Readonly<Record<string, number>>
// @ts-expect-error -- ids of another type
void db.product.planDelete('1')
// @ts-expect-error -- ids of another type
void db.product.deleteMany({ ids: ['1'] })
// @ts-expect-error -- a misspelt option
void db.user.delete('id', { had: true })
