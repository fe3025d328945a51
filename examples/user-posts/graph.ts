import { defineGraph, k } from 'kinship'

const user = k.model({
  name: k.string(),
  email: k.string().unique(),
  title: k.one('role', { inverse: 'users' }).optional(), // at most one role, and a role has many users
})

const role = k.model({
  name: k.enum(['Account', 'Admin', 'SuperAdmin']),
  description: k.string().optional(),
})

// Many-one: a post has one author; `inverse` gives every user a list of posts.
const post = k.model({
  title: k.string(),
  content: k.text(),
  author: k.one('user', { inverse: 'posts' }),
})

export const graph = defineGraph({ user, role, post })
