import { type Db, isKinshipError } from 'kinship'
import type { graph } from './graph.js'

type Shop = Db<typeof graph>

// Each of these is a step of the tour: its body is printed, then run, then what it returns is printed.

async function loading(db: Shop) {
  return db.customer.find({
    where: { address: { country: { name: 'Austria' } }, wishlist: { $size: { $gte: 2 } } },
    orderBy: { orders: { $size: 'desc' } },
    limit: 1,
    select: ['name', 'address'],
    populate: {
      address: { country: true },
      orders: {
        orderBy: { placedAt: 'desc' },
        limit: 2,
        select: ['number', 'items'],
        populate: { items: { product: { select: ['title'] } } },
      },
      wishlist: {
        orderBy: { $link: { since: 'desc' } },
        limit: 2,
        select: ['title'],
        populate: { category: { select: ['name'], populate: { parent: true } }, tags: true },
      },
    },
    count: { orders: true, wishlist: true },
  })
}

async function asking(db: Shop) {
  const popular = await db.product.findPage({
    where: {
      tags: { $some: { text: 'handmade' } },
      reviews: { $none: { stars: { $lt: 3 } }, $size: { $gt: 0 } },
      category: { parent: { name: { $in: ['Home', 'Leisure'] } } },
    },
    orderBy: [{ wishedBy: { $size: 'desc' } }, { title: 'asc' }],
    select: ['title', 'price'],
    count: { wishedBy: true, reviews: true },
    limit: 3,
    total: true,
  })
  return { records: popular.records, of: popular.total }
}

async function wishing(db: Shop) {
  const [kettle, lamp] = await db.product.find({ orderBy: { stock: 'desc' }, limit: 2 })
  const customer = await db.customer.findOne({ where: { wishlist: { $size: 0 } } })
  if (!kettle || !lamp || !customer) throw new Error('The shop is too small.')

  const wishlist = db.customer.at(customer.id).wishlist
  const added = await wishlist.add([kettle, lamp], { since: new Date('2025-01-01') })
  const changed = await wishlist.update(lamp, { note: 'not the red one' })
  const removed = await wishlist.remove(kettle)
  const list = await wishlist.list({ select: ['title'] })
  return { added, changed, removed, list }
}

async function ordering(db: Shop) {
  const customer = await db.customer.findOne({ where: { orders: { $size: { $gt: 0 } } } })
  const product = await db.product.findOne({ where: { stock: { $gt: 10 } } })
  if (!customer || !product) throw new Error('The shop is too small.')

  return db.transaction(async (tx) => {
    await tx.product.update(product.id, { stock: { $inc: -2 } })
    const order = await tx.order.create(
      {
        number: 1,
        placedAt: new Date('2025-01-01'),
        status: 'open',
        customer,
        items: [{ product, quantity: 2, price: product.price }],
      },
      { populate: { customer: { select: ['name'] } } },
    )
    return { before: product.stock, order }
  })
}

async function deleting(db: Shop) {
  const category = await db.category.findOne({ where: { products: { $size: { $gt: 0 } } } })
  const customer = await db.customer.findOne({
    where: { reviews: { $size: { $gt: 1 } }, invited: { $size: { $gt: 0 } } },
  })
  if (!category || !customer) throw new Error('The shop is too small.')

  const refused = await db.category.delete(category.id).catch((error: unknown) => {
    if (isKinshipError(error, 'KIN_RESTRICTED')) return error.message
    throw error
  })

  const plan = await db.customer.planDelete(customer.id) // what would happen; nothing is written
  const { softDeleted, unlinked, dangling } = await db.customer.delete(customer.id, { plan })
  const hidden = await db.customer.findById(customer.id)
  const { restored, relinked } = await db.customer.restore(customer.id) // exactly this delete is undone

  return {
    refused,
    plan: plan.toString().split('\n'),
    softDeleted,
    unlinked,
    dangling,
    hidden,
    restored,
    relinked,
  }
}

export const tour = [
  { title: 'Loading: a tree of records in one call', step: loading },
  { title: 'Asking: filters and orders across associations', step: asking },
  { title: 'Adding and removing, with fields of the pairing', step: wishing },
  { title: 'A transaction, and whole records where ids are expected', step: ordering },
  { title: 'Deleting: the ties decide what becomes of the others', step: deleting },
] as const
