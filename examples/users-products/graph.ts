import { defineGraph, k } from 'kinship'

const user = k.model({
  name: k.string(),
  email: k.string().unique(),
  // References inside embedded structures: a cart is part of its user.
  cart: k
    .object({
      items: k.array(
        k.object({
          product: k.one('product', { onDelete: 'weak' }), // a product that goes takes its item along
          quantity: k.integer(),
        }),
      ),
    })
    .default({ items: [] }),
  wishes: k.array(k.object({ product: k.one('product', { onDelete: 'weak' }), note: k.string().optional() })),
})

const product = k.model({
  title: k.string(),
  imageUrl: k.string(),
  price: k.decimal(10, 2),
  description: k.text(),
  user: k.one('user', { inverse: 'products' }).immutable(), // who created it
})

export const graph = defineGraph({ user, product })
