import type { Discretion } from '../answers/without-hidden.js'
import type { Present } from '../answers/present.js'
import type { Serializers } from '../answers/serializers.js'
import type { Limits } from '../limits.js'
import type { Authorize } from '../options.js'
import type { Resources } from '../resource.js'
import type { SchemaContext } from '../schemas/schema-context.js'
import type { ServedDb } from '../served-db.js'

/** What every route shares. */
export interface Api {
  readonly db: ServedDb
  readonly resources: Resources
  readonly limits: Limits
  readonly authorize: Authorize | null
  readonly requireIfMatch: boolean
  readonly schemas: SchemaContext
  readonly serializers: Serializers
  readonly present: Present
  readonly discretion: Discretion
  /** for transactions that write what they have read */
  readonly isolation: { readonly isolation?: string }
}
