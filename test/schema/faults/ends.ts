import { k } from '../loose.js'
import { type Case, user, softUser, post, field, group } from './case.js'

export const endsCases: readonly Case[] = [
  ['unknown-target', 'a misspelt target', 'post.author', post(k.one('usr')), /Did you mean "user"\?/],
  ['unknown-target', 'a model in place of its name', 'post.author', post(k.one(user)), /the name of a model/],
  [
    'unknown-target',
    'a misspelt target inside an array',
    'post.items.by',
    { user, post: k.model({ items: k.array(k.object({ by: k.one('usr') })) }) },
  ],
  [
    'colliding-end',
    'an inverse with the name of a field',
    'post.author',
    post(k.one('user', { inverse: 'name' })),
  ],
  [
    'colliding-end',
    'an inverse with the name of a system field',
    'post.author',
    { user: softUser, post: k.model({ author: k.one('user', { inverse: 'deletedAt' }) }) },
  ],
  ['colliding-end', 'an inverse named id', 'post.author', post(k.one('user', { inverse: 'id' }))],
  [
    'colliding-end',
    'an inverse that is its own field',
    'user.friends',
    { user: k.model({ friends: k.many('user', { inverse: 'friends' }) }) },
  ],
  [
    'colliding-end',
    'two inverses of one name',
    'post.editor',
    {
      user,
      post: k.model({
        author: k.one('user', { inverse: 'posts' }),
        editor: k.one('user', { inverse: 'posts' }),
      }),
    },
    /post\.author/,
  ],
  [
    'embedded-end',
    'k.many inside an object',
    'post.meta.tags',
    { user, post: k.model({ meta: k.object({ tags: k.many('user') }) }) },
  ],
  [
    'embedded-end',
    'an inverse inside an array',
    'post.items.by',
    { user, post: k.model({ items: k.array(k.object({ by: k.one('user', { inverse: 'posts' }) })) }) },
  ],
  [
    'embedded-end',
    'a reference in an array of arrays',
    'post.title',
    { user, ...field(k.array(k.array(k.one('user')))) },
  ],
  [
    'symmetric-target',
    'symmetric to another model',
    'group.members',
    group(k.many('user', { symmetric: true })),
  ],
  [
    'symmetric-inverse',
    'symmetric with an inverse',
    'user.friends',
    { user: k.model({ friends: k.many('user', { symmetric: true, inverse: 'friendOf' }) }) },
  ],
]
