/** `npm start [port]`: serves the demo's shop as a REST API, until it is stopped. What was changed is gone then. */
import { connect } from 'kinship'
import { kinshipRest } from 'kinship/rest'
import { sqlite } from 'kinship/sqlite'
import { fastify, type FastifyInstance } from 'fastify'
import { build, type Size } from '../demo/build.js'
import { graph } from '../demo/graph.js'

const silent = { begin() {}, advance() {}, end() {} }
const shop: Size = { products: 300, customers: 400, orders: 1500, reviews: 1200 }

/** Ids that are known, so that they can be written down: a customer, and a product. */
const ada = '5ca1ab1e0000000000000001'
const kettle = '5ca1ab1e0000000000000002'

/** @param port 0 takes a free one */
export async function start(port: number): Promise<FastifyInstance> {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await build(db, shop, silent)
  await db.product.create({
    id: kettle,
    title: 'Copper kettle',
    price: '42.00',
    stock: 7,
    category: { name: 'Kettles' },
  })
  await db.customer.create({
    id: ada,
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    password: 'never shown',
    address: { street: 'Herrengasse 12', city: 'Vienna', country: 'AT' },
    orders: [
      {
        number: 1,
        placedAt: new Date(),
        status: 'open',
        items: [{ product: kettle, quantity: 1, price: '42.00' }],
      },
    ],
    reviews: [{ stars: 5, text: 'Sings before it boils.', product: kettle }],
  })

  const app = fastify({ logger: { level: 'warn' } })
  await app.register(kinshipRest, {
    db,
    notFound: true,
    docs: { title: 'A shop', description: 'The demo of kinship.' },
  })
  app.addHook('onClose', () => db.close())
  await app.listen({ port, host: 'localhost' })
  return app
}

if (process.argv[1] === import.meta.filename) {
  const port = Number(process.argv[2] ?? 3000)
  const app = await start(port)
  console.log(
    `The shop is open at http://localhost:${port}, its documentation at http://localhost:${port}/docs`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close())
}
