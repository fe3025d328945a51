// What a user's own library would export: the compiler writes its declarations, so every inferred type must have a name
// that can be imported from the package.
import { type Db, defineGraph, k } from 'kinship'

export const user = k.model(
  { name: k.string(), address: k.object({ street: k.string() }).optional() },
  { softDelete: true, timestamps: true, hooks: { beforeCreate: (record) => void record.name } },
)
export const membership = k.model({ user: k.one('user'), group: k.one('group'), since: k.date() })
export const group = k.model({
  id: k.id.integer(),
  name: k.string(),
  owner: k.one('user', { inverse: 'owned' }),
  members: k.many('user', { inverse: 'groups', through: 'membership' }),
  guests: k.many('user', { inverse: 'visits', payload: { until: k.date() } }),
  tags: k.array(k.string()),
})
export const graph = defineGraph({ user, membership, group })

export const handlesOf = (db: Db<typeof graph>, id: string) => db.user.at(id)
export const withMembers = (db: Db<typeof graph>) =>
  db.group.find({ populate: { members: true, owner: true } })
