import { defineGraph, k } from 'kinship'

const user = k.model({
  name: k.string(),
  email: k.string().unique(),
  password: k.string().hidden().immutable(), // in no result, and no update changes it
})

// One-one: the reference is written on the profile, and `inverse` names the end that users get.
const profile = k.model({
  bio: k.text(),
  website: k.string().optional(),
  user: k.one('user', { inverse: 'profile' }).unique(),
})

// An optional one: a dog may have no owner.
const dog = k.model({
  name: k.string(),
  breed: k.string().optional(),
  owner: k.one('user', { inverse: 'dog' }).unique().optional(),
  chip: k.one('chip').unique().optional(), // one-sided: a chip knows nothing of its dog
})

const chip = k.model({ code: k.string() })

export const graph = defineGraph({ user, profile, dog, chip })
