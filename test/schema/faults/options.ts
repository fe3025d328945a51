import { k } from '../loose.js'
import { type Case, post, group } from './case.js'

export const optionsCases: readonly Case[] = [
  [
    'unknown-option',
    'a misspelt option of k.one',
    'post.author',
    post(k.one('user', { invrse: 'posts' })),
    /Did you mean "inverse"\?/,
  ],
  [
    'unknown-option',
    'a misspelt option of k.many',
    'group.members',
    group(k.many('user', { orderd: true })),
    /"ordered"/,
  ],
  [
    'unknown-option',
    'onHolderDelete on a to-many',
    'group.members',
    group(k.many('user', { onHolderDelete: 'strong' })),
  ],
  [
    'unknown-option',
    'a misspelt option of k.model',
    'user',
    { user: k.model({}, { softDelet: true }) },
    /"softDelete"/,
  ],
  ['bad-option', 'a tie that is none', 'post.author', post(k.one('user', { onDelete: 'cascade' }))],
  ['bad-option', 'a misspelt tie', 'post.author', post(k.one('user', { onDelete: 'strnog' })), /"strong"\?/],
  ['bad-option', 'a layout that is none', 'post.author', post(k.one('user', { layout: 'table' }))],
  [
    'bad-option',
    'a misspelt column of a system option',
    'user',
    { user: k.model({}, { timestamps: { createdAd: 'x' } }) },
    /"createdAt"\?/,
  ],
  [
    'bad-option',
    'a hook that is none',
    'user',
    { user: k.model({}, { hooks: { beforeCreat: () => {} } }) },
    /"beforeCreate"/,
  ],
  ['bad-option', 'a key that is no list', 'user', { user: k.model({}, { unique: ['name'] }) }],
  [
    'contradicting-options',
    'table and collection',
    'user',
    { user: k.model({}, { table: 'a', collection: 'b' }) },
  ],
  ['pointless-option', 'a join table for an array', 'group.members', group(k.many('user', { table: 'x' }))],
  [
    'pointless-option',
    'columns for an array',
    'group.members',
    group(k.many('user', { columns: { holder: 'x' } })),
  ],
  [
    'pointless-option',
    'a position column without order',
    'group.members',
    group(k.many('user', { inverse: 'groups', columns: { position: 'x' } })),
  ],
  [
    'pointless-option',
    'a column for a join',
    'group.members',
    group(k.many('user', { inverse: 'groups' }).column('x')),
  ],
]
