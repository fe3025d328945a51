import { k } from '../loose.js'
import { type Case, user, field, group, fieldNamed } from './case.js'

export const keysCases: readonly Case[] = [
  ['key-kind', 'unique JSON', 'post.title', field(k.json().unique())],
  [
    'key-kind',
    'a composite key over an array',
    'post.title',
    field(k.array(k.string()), { indexes: [['title']] }),
  ],
  [
    'unknown-key-field',
    'a composite key over an unknown field',
    'post',
    field(k.string(), { unique: [['titel']] }),
    /"title"\?/,
  ],
  [
    'repeated-key',
    'a unique key declared twice',
    'post',
    field(k.string().unique(), { unique: [['title']] }),
  ],
  ['repeated-key', 'a field twice in a key', 'post', field(k.string(), { indexes: [['title', 'title']] })],
  [
    'same-table',
    'two models with one table',
    'b',
    { a: k.model({}, { table: 'T' }), b: k.model({}, { table: 't' }) },
  ],
  [
    'same-table',
    'a join with the table of a model',
    'group.members',
    { user, group: k.model({ members: k.many('user', { inverse: 'groups', table: 'user' }) }) },
  ],
  [
    'same-column',
    'two fields with one column',
    'post.b',
    { post: k.model({ a: k.string(), b: k.string().column('A') }) },
  ],
  [
    'same-column',
    'two members with one key',
    'post.meta.b',
    fieldNamed('meta', k.object({ a: k.string(), b: k.string().column('a') })),
  ],
  [
    'same-column',
    'a payload field with the column of the pair',
    'group.members.by',
    group(k.many('user', { inverse: 'groups', payload: { by: k.string().column('user') } })),
  ],
]
