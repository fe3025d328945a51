import { calls } from '../../plan/parse-query.js'
import { queryKey } from '../../plan/shape-key.js'
import { readValues } from '../../plan/slots.js'
import type { Session } from '../../store/read.js'
import { throwIfAborted } from '../aborted.js'
import { chain } from '../maybe.js'
import type { Call } from './call.js'
import { perform } from './perform.js'
import { prepareCount, prepareRead } from './prepare.js'
import type { Reader } from './reader.js'

/** How many records match. One statement. */
export async function count({ context, model, plans }: Reader, query?: Call): Promise<number> {
  const { visibility } = context
  const values = [...visibility.values]
  const key = queryKey(query, model, values)
  const { slots, compiled } = plans.count.take(key, () =>
    prepareCount(context, model, calls.count, query, values),
  )
  readValues(slots, values, visibility.values.length)
  throwIfAborted(query?.signal)
  const { rows } = await chain(context.session(query?.signal), (session: Session) =>
    compiled.run(session, values, []),
  )
  return Number(rows[0]?.['count'] ?? 0)
}

/** Whether any record matches. One statement, which stops at the first. */
export async function exists({ context, model, plans }: Reader, query?: Call): Promise<boolean> {
  const values = [...context.visibility.values]
  const key = queryKey(query, model, values)
  const prepared = plans.exists.take(key, () =>
    prepareRead(context, model, calls.count, query, values, {
      adapt: (parsed) => {
        const fields = parsed.node.fields.slice(0, 1)
        return { ...parsed, node: { ...parsed.node, fields, order: [], limit: { fixed: 1 } } }
      },
    }),
  )
  const { rows } = await perform(context, prepared, values, query?.signal)
  return rows.length > 0
}
