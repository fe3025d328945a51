import { k } from '../loose.js'
import { type Case, user, post, group, through, membership } from './case.js'

export const layoutsCases: readonly Case[] = [
  ['illegal-layout', 'a join for a to-one', 'post.author', post(k.one('user', { layout: 'join' }))],
  [
    'illegal-layout',
    'a mirror without an inverse',
    'post.author',
    post(k.one('user', { layout: 'mirror' })),
    /needs an inverse/,
  ],
  [
    'illegal-layout',
    'an array for a symmetric one',
    'user.friends',
    { user: k.model({ friends: k.many('user', { symmetric: true, layout: 'array' }) }) },
  ],
  ['illegal-layout', 'an array through a model', 'group.members', through(membership, { layout: 'array' })],
  [
    'illegal-layout',
    'a mirror inside an object',
    'post.meta.by',
    { user, post: k.model({ meta: k.object({ by: k.one('user', { layout: 'mirror' }) }) }) },
  ],
  [
    'one-sided-payload',
    'a payload without an inverse',
    'group.members',
    group(k.many('user', { payload: { at: k.date() } })),
  ],
  [
    'payload-member',
    'a reference in a payload',
    'group.members.by',
    group(k.many('user', { inverse: 'groups', payload: { by: k.one('user') } })),
  ],
  [
    'payload-member',
    'a unique payload field',
    'group.members.no',
    group(k.many('user', { inverse: 'groups', payload: { no: k.integer().unique() } })),
  ],
  [
    'payload-member',
    'a payload field named id',
    'group.members.id',
    group(k.many('user', { inverse: 'groups', payload: { id: k.integer() } })),
  ],
  [
    'payload-member',
    'a payload field named position in an ordered list',
    'group.members.position',
    group(k.many('user', { inverse: 'groups', ordered: true, payload: { position: k.integer() } })),
  ],
  [
    'payload-member',
    'a payload field named as one side of the pair',
    'group.members.user',
    group(k.many('user', { inverse: 'groups', payload: { user: k.string() } })),
  ],
  [
    'payload-member',
    'an immutable payload field',
    'group.members.no',
    group(k.many('user', { inverse: 'groups', payload: { no: k.integer().immutable() } })),
  ],
  [
    'unordered-end',
    'R10: a symmetric one in order',
    'user.friends',
    { user: k.model({ friends: k.many('user', { symmetric: true, ordered: true }) }) },
  ],
  [
    'unordered-end',
    'R10: a declared join model in order',
    'group.members',
    through(membership, { ordered: true }),
  ],
]
