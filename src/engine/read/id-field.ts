import { fail } from '../../errors/index.js'
import type { Field, Model } from '../../schema/graph.js'

/** The id of a declared model; internal join models, which have none, are never read through a repository. */
export function idFieldOf({ id, name }: Model): Field {
  return id ?? fail('KIN_INTERNAL', { message: `Records of "${name}" have no id.` })
}
