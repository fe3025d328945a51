import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { refusal } from '../refusal.js'
import { graph } from './graph.js'

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  const max = await db.user.create({ name: 'Max', email: 'max@example.com' })

  // Assigning: the whole user, as it came with a request, where an id is expected.
  const book = await db.product.create({
    title: 'A Book',
    imageUrl: '/book.png',
    price: '12.99',
    description: 'It has pages.',
    user: max,
  })
  const lamp = await db.product.create({
    title: 'A Lamp',
    imageUrl: '/lamp.png',
    price: '40.5',
    description: 'To read the book.',
    user: max,
  })

  // An embedded object is replaced whole; in it, too, a record stands for its id.
  const anna = await db.user.create({ name: 'Anna', email: 'anna@example.com' })
  await db.user.update(anna.id, {
    cart: {
      items: [
        { product: book, quantity: 2 },
        { product: lamp.id, quantity: 1 },
      ],
    },
  })

  // Loading: populate replaces the id at the same place.
  const products = await db.product.find({ populate: { user: { select: ['name'] } } })
  print(`${products[0]?.title} was created by ${products[0]?.user.name}.`)
  const shopper = await db.user.findById(anna.id, {
    populate: { cart: { items: { product: { select: ['title', 'price'] } } } },
  })
  for (const { product, quantity } of shopper?.cart.items ?? [])
    print(`In ${shopper?.name}'s cart: ${quantity} x ${product?.title} at ${product?.price}`)

  // Filters reach inside.
  const readers = await db.user.find({
    where: { cart: { items: { $some: { product: { title: 'A Book' }, quantity: { $gte: 2 } } } } },
    select: ['name'],
  })
  print(`Buying two books or more: ${readers.map(({ name }) => name).join()}`)

  // An embedded array at the top level has a handle.
  const wishes = db.user.at(max.id).wishes
  await wishes.push([{ product: lamp, note: 'the red one' }, { product: book }])
  await wishes.update({ product: lamp.id }, { note: 'any colour' })
  const dropped = await wishes.remove({ product: { title: 'A Book' } })
  const wishing = await db.user.findById(max.id, { populate: { wishes: { product: true } } })
  print(`Max wishes for ${wishing?.wishes[0]?.product?.title}, ${wishing?.wishes[0]?.note}.`)

  // Ties: a user with products stays; a product that is deleted leaves the carts.
  const seller = await refusal(db.user.delete(max.id))
  const gone = await db.product.delete(lamp.id)
  const emptier = await db.user.findById(anna.id)
  print(`Deleting the seller: ${seller}. Deleting the lamp took ${gone.unlinked} items out of lists.`)

  return { max, book, lamp, products, shopper, readers, dropped, wishing, seller, gone, emptier }
}

if (process.argv[1] === import.meta.filename) {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await run(db)
  await db.close()
}
