import type { KinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { takenError } from '../../store/taken.js'
import type { Failure } from './drivers/driver.js'
import { shortened } from './schema-dialect.js'

/** What was taken, by the names that the server gives; null where the graph knows nothing of it. */
export function uniqueError(
  error: unknown,
  { constraint, table }: Failure,
  models: readonly Model[],
): KinshipError | null {
  const own = models.filter((model) => model.collection === table)
  for (const model of own) {
    const unique = model.uniques.find(({ name }) => shortened(name) === constraint)
    if (unique !== undefined) return takenError({ model, unique }, error)
  }
  const [model] = own
  // The key of a table that sync made is named by the server; no other index of it is.
  return model !== undefined && constraint?.endsWith('_pkey')
    ? takenError({ model, unique: null }, error)
    : null
}
