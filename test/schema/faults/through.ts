import { k } from '../loose.js'
import { type Case, through, membership } from './case.js'

export const throughCases: readonly Case[] = [
  [
    'unknown-through',
    'a misspelt join model',
    'group.members',
    { ...through(membership, { through: 'membershp' }) },
    /"membership"\?/,
  ],
  [
    'through-reference',
    'a join model without one of its references',
    'group.members',
    through(k.model({ user: k.one('user') })),
  ],
  [
    'through-reference',
    'a join model with two references to one side',
    'group.members',
    through(k.model({ group: k.one('group'), user: k.one('user'), by: k.one('user') })),
    /"user", "by"/,
  ],
  [
    'through-reference',
    'an optional half of a pair',
    'membership.user',
    through(k.model({ group: k.one('group'), user: k.one('user').optional() })),
  ],
  [
    'through-reference',
    'one field for both halves',
    'user.friends',
    {
      user: k.model({ friends: k.many('user', { inverse: 'friendOf', through: 'friendship' }) }),
      friendship: k.model({ from: k.one('user') }),
    },
  ],
  [
    'through-options',
    'a payload besides a join model',
    'group.members',
    through(membership, { payload: { at: k.date() } }),
  ],
  [
    'through-options',
    'a one-sided list through a join model',
    'group.members',
    through(membership, { inverse: undefined }),
  ],
  [
    'through-ties',
    'a half of a pair with a tie of its own',
    'membership.user',
    through(k.model({ group: k.one('group'), user: k.one('user', { onDelete: 'strong' }) })),
  ],
  [
    'through-twice',
    'one join model for two associations',
    'group.members',
    {
      user: k.model({ groups: k.many('group', { inverse: 'users', through: 'membership' }) }),
      group: k.model({ members: k.many('user', { inverse: 'memberOf', through: 'membership' }) }),
      membership,
    },
  ],
]
