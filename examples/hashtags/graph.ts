import { defineGraph, k } from 'kinship'

const user = k.model({ name: k.string() })

const hashtag = k.model({ text: k.string().unique() })

// One-sided: the ids are part of the post, in their order, and a hashtag knows nothing of posts.
const post = k.model({
  caption: k.string().optional(),
  user: k.one('user'),
  hashtags: k.many('hashtag'),
})

export const graph = defineGraph({ user, hashtag, post })
