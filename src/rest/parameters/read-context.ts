import type { Limits } from '../limits.js'
import type { Resource } from '../resource.js'

/** What the readers of parameters and bodies share. */
export interface ReadContext {
  readonly limits: Limits
  /** Notes that a request looks at, or writes, records of another model than its own. */
  touch(resource: Resource, kind: 'list' | 'create' | 'link'): void
}
