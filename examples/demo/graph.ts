import { defineGraph, k } from 'kinship'

const country = k.model({ id: k.id.string(), name: k.string() })

const customer = k.model(
  {
    name: k.string(),
    email: k.string().unique(),
    password: k.string().hidden(),
    address: k.object({ street: k.string(), city: k.string(), country: k.one('country') }),
    invitedBy: k.one('customer', { inverse: 'invited' }).optional(), // unset when that customer is deleted
    wishlist: k.many('product', {
      inverse: 'wishedBy',
      payload: { since: k.date(), note: k.string().optional() },
    }),
  },
  { softDelete: true, timestamps: true },
)

const category = k.model({
  name: k.string(),
  parent: k.one('category', { inverse: 'children' }).optional(),
})

const tag = k.model({ text: k.string().unique() })

const product = k.model(
  {
    title: k.string(),
    price: k.decimal(10, 2),
    stock: k.integer(),
    category: k.one('category', { inverse: 'products' }), // a category with products cannot be deleted
    tags: k.many('tag'), // a tag that is deleted leaves the products
  },
  { softDelete: true },
)

const order = k.model(
  {
    number: k.integer().unique(),
    placedAt: k.date().index(),
    status: k.enum(['open', 'paid', 'shipped']),
    customer: k.one('customer', { inverse: 'orders', onDelete: 'dirty' }), // orders outlive their customers
    items: k.array(
      k.object({
        product: k.one('product', { onDelete: 'dirty' }),
        quantity: k.integer(),
        price: k.decimal(10, 2),
      }),
    ),
  },
  { version: true },
)

// With its product, or its author, a review is soft-deleted; it returns with them.
const review = k.model(
  {
    stars: k.integer(),
    text: k.text(),
    product: k.one('product', { inverse: 'reviews', onDelete: 'soft' }),
    author: k.one('customer', { inverse: 'reviews', onDelete: 'soft' }),
  },
  { softDelete: true },
)

export const graph = defineGraph({ country, customer, category, tag, product, order, review })
