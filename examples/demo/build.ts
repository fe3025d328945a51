import type { CreateInput, Db } from 'kinship'
import type { graph } from './graph.js'
import type { Progress } from './progress.js'
import { Random } from './random.js'
import * as words from './words.js'

type Shop = Db<typeof graph>
type Input<N extends 'customer' | 'order' | 'product' | 'review'> = CreateInput<typeof graph, N>

/** How many of everything a shop has. */
export interface Size {
  readonly products: number
  readonly customers: number
  readonly orders: number
  readonly reviews: number
}

const BATCH = 250
const FOUNDERS = 20

/** Fills an empty database with a shop, the same one every time. */
export async function build(db: Shop, size: Size, progress: Progress): Promise<void> {
  const random = new Random(2024)

  await fill('countries', Object.entries(words.countries), (entries) =>
    db.country.createMany(entries.map(([id, name]) => ({ id, name }))),
  )
  const tags = await fill('tags', words.tags, (texts) => db.tag.createMany(texts.map((text) => ({ text }))))

  // Trees in one call each: a category with those below it.
  await fill('categories', Object.entries(words.catalogue), (trees) =>
    db.category.createMany(
      trees.map(([name, below]) => ({
        name,
        children: Object.keys(below).map((child) => ({ name: child })),
      })),
    ),
  )
  const leaves = await db.category.find({ where: { children: { $size: 0 } } })
  const goods = Object.assign({}, ...Object.values(words.catalogue)) as Record<string, string[]>

  const products = await fill('products', times(size.products, newProduct), (list) =>
    db.product.createMany(list),
  )
  const founders = await fill('founders', times(FOUNDERS, newCustomer), (list) =>
    db.customer.createMany(list),
  )
  const customers = await fill('customers', times(size.customers, invitedCustomer), (list) =>
    db.customer.createMany(list),
  )
  await fill('orders', times(size.orders, newOrder), (list) => db.order.createMany(list))
  await fill('reviews', times(size.reviews, newReview), (list) => db.review.createMany(list))

  function newProduct(): Input<'product'> {
    const category = random.pick(leaves)
    return {
      title: `${random.pick(words.adjectives)} ${random.pick(goods[category.name] ?? [])}`,
      price: (random.integer(300, 30_000) / 100).toFixed(2),
      stock: random.integer(0, 50),
      category, // a whole record, where an id would do
      tags: random.some(tags, random.integer(0, 3)),
    }
  }

  function newCustomer(index: number): Input<'customer'> {
    const name = `${random.pick(words.firstNames)} ${random.pick(words.lastNames)}`
    const [country, cities] = random.pick(Object.entries(words.cities))
    return {
      name,
      email: `${name.toLowerCase().replace(' ', '.')}.${index}@example.com`,
      password: random.next().toString(36).slice(2),
      address: {
        street: `${random.pick(words.streets)} ${random.integer(1, 90)}`,
        city: random.pick(cities),
        country,
      },
      wishlist: random.some(products, random.integer(0, 6)).map(({ id }) => ({
        id,
        $link: {
          since: random.date('2023-01-01', '2024-12-31'),
          note: random.pick([null, 'for the birthday']),
        },
      })),
    }
  }

  function invitedCustomer(index: number): Input<'customer'> {
    return { ...newCustomer(FOUNDERS + index), invitedBy: random.pick(founders) }
  }

  function newOrder(index: number): Input<'order'> {
    return {
      number: 10_001 + index,
      placedAt: random.date('2023-01-01', '2024-12-31'),
      status: random.pick(['open', 'paid', 'shipped']),
      customer: random.pick(customers),
      items: random
        .some(products, random.integer(1, 5))
        .map(({ id, price }) => ({ product: id, price, quantity: random.integer(1, 3) })),
    }
  }

  function newReview(): Input<'review'> {
    return {
      stars: random.integer(1, 5),
      text: random.pick(words.opinions),
      product: random.pick(products),
      author: random.pick(random.next() < 0.1 ? founders : customers),
    }
  }

  async function fill<T, R>(
    what: string,
    list: readonly T[],
    create: (part: readonly T[]) => Promise<R[]>,
  ): Promise<R[]> {
    progress.begin(what, list.length)
    const created: R[] = []
    for (let at = 0; at < list.length; at += BATCH) {
      const part = list.slice(at, at + BATCH)
      created.push(...(await create(part)))
      progress.advance(part.length)
    }
    progress.end()
    return created
  }
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
