import { k } from '../loose.js'
import { type Case, user, post, group } from './case.js'

export const tiesCases: readonly Case[] = [
  [
    'illegal-tie',
    'a strong tie on a to-many',
    'group.members',
    group(k.many('user', { onDelete: 'strong' })),
  ],
  [
    'illegal-tie',
    'onHolderDelete on a many-one',
    'post.author',
    post(k.one('user', { onHolderDelete: 'strong' })),
  ],
  [
    'weak-required',
    'a weak tie on a required reference',
    'post.author',
    post(k.one('user', { onDelete: 'weak' })),
  ],
  [
    'weak-required',
    'a weak tie on a required reference inside an object',
    'post.meta.by',
    { user, post: k.model({ meta: k.object({ by: k.one('user', { onDelete: 'weak' }) }) }) },
  ],
  [
    'soft-without-soft-delete',
    'a soft tie of a holder without softDelete',
    'post.author',
    post(k.one('user', { onDelete: 'soft' })),
  ],
  [
    'soft-without-soft-delete',
    'onHolderDelete soft onto a target without softDelete',
    'post.author',
    post(k.one('user', { onHolderDelete: 'soft' }).unique(), { softDelete: true }),
  ],
  [
    'required-cycle',
    'two required references to each other',
    'a.b',
    { a: k.model({ b: k.one('b').unique() }), b: k.model({ a: k.one('a').unique() }) },
    /a\.b, b\.a/,
  ],
  [
    'required-cycle',
    'a required reference to its own model',
    'user.boss',
    { user: k.model({ boss: k.one('user') }) },
  ],
]
