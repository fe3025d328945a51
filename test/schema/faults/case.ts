import type { FaultCode } from '../../../src/schema/checks/fault.js'
import { k } from '../loose.js'

/** code, what is wrong, where it is reported, the models, and words of the message */
export type Case = readonly [FaultCode, string, string, Record<string, unknown>, RegExp?]

export const user = k.model({ name: k.string() })
export const softUser = k.model({ name: k.string() }, { softDelete: true })
export const post = (author: unknown, options = {}) => ({ user, post: k.model({ author }, options) })
export const field = (title: unknown, options = {}) => ({ post: k.model({ title }, options) })
export const group = (members: unknown) => ({ user, group: k.model({ members }) })
export const through = (membership: unknown, options = {}) => ({
  user,
  group: k.model({ members: k.many('user', { inverse: 'groups', through: 'membership', ...options }) }),
  membership,
})
export const membership = k.model({ group: k.one('group'), user: k.one('user') })

export function fieldNamed(name: string, value: unknown, options = {}) {
  return { post: k.model(Object.fromEntries([[name, value]]), options) }
}
