import { defineGraph, k } from 'kinship'

// Symmetric: both ends are `friends`, a pair is stored once, and nobody is paired with themselves.
const user = k.model({
  name: k.string(),
  email: k.string().unique(),
  password: k.string().hidden().immutable(),
  friends: k.many('user', { symmetric: true, payload: { friendsSince: k.date().optional() } }),
})

export const graph = defineGraph({ user })
