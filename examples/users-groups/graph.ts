import { defineGraph, k } from 'kinship'

const user = k.model({ id: k.id.integer(), name: k.string(), email: k.string().unique() }, { table: 'Users' })

// Many-many through a model of its own: `through` names it, `inverse` the other end.
const group = k.model(
  {
    id: k.id.integer(),
    name: k.string(),
    members: k.many('user', { inverse: 'groups', through: 'membership' }),
  },
  { table: 'Groups' },
)

// The join table with its own name and columns, an id, and fields that belong to one membership.
const membership = k.model(
  {
    id: k.id.integer(),
    user: k.one('user').column('userId'),
    group: k.one('group').column('groupId'),
    role: k.enum(['member', 'admin']).default('member'),
    joinedAt: k.date().default(() => new Date()),
  },
  { table: 'UserGroups', timestamps: true },
)

export const graph = defineGraph({ user, group, membership })
