import type { ReadRequest } from '../../../store/read.js'
import type { Features } from '../deployment.js'
import { match } from '../filter/compile.js'
import { countStage, restrict } from '../filter/related.js'
import { beginPipe, type Known, linkFields, recordScope } from '../filter/scope.js'
import type { Resolve } from '../resolve.js'
import type { Pipeline } from './command.js'
import { type Keys, startKeyed } from './keyed.js'
import { orderOver, orderTerms, sortStage } from './order.js'
import { pageOf, pagesByKey, pageStages } from './page.js'
import { gather, type Wanted } from './show.js'

/** The place of the parents' keys in a statement's text. */
export const KEYS = '?keys'

/**
 * The targets come by ascending id, all of them: those of a few parents are sorted sooner here than by the server, which would
 * have to hold the whole documents for it.
 */
export const sortsHere = ({ by, node, counting }: ReadRequest): boolean =>
  by !== null &&
  by.many &&
  !counting &&
  node.model.id !== null &&
  node.order.length === 0 &&
  node.lock === null &&
  node.limit === null &&
  node.offset === null &&
  !(by.ordered && by.holder)

/** The stages of a request, with the values and keys of one run. */
export const pipelineOf = (
  request: ReadRequest,
  features: Features,
  resolve: Resolve,
  known: Known,
  keys: Keys,
): Pipeline => {
  const { node, by, counting } = request
  const pipe = beginPipe(resolve, known)
  const { stages } = pipe
  const start = by === null ? null : startKeyed(by, keys, pipe)
  const scope = recordScope(pipe, node.model.fields, by === null ? null : linkFields(by))
  stages.push(...(start?.stages ?? []))
  restrict(scope, [node.scope, node.where], match, start?.given)

  const page = pageOf(node, resolve)
  const paged = page.limit !== null || page.offset !== null
  const ordered = counting ? paged && by !== null : by === null || by.many || paged || node.order.length > 0
  const here = sortsHere(request)
  const sort =
    !ordered || here ? {} : by === null ? orderTerms(scope, node.order) : orderOver(scope, by, node.order)
  if (start === null || keys.one || !paged) stages.push(...sortStage(sort), ...pageStages(page))
  else {
    const [key, ...others] = start.key
    // Documents are parted by a value or by an object of values, never by an array.
    const parts = start.key.map((part, at) => [`k${at}`, `$${part}`])
    const partition = others.length === 0 ? `$${key}` : Object.fromEntries(parts)
    stages.push(...pagesByKey(page, sort, partition, features.windows))
  }

  const collection = start?.collection ?? node.model.collection
  if (counting) return { collection, stages: [...stages, ...countStage] }
  const shown = gather(scope, node, wantedOf(request))
  for (const part of start?.key ?? []) shown[part] = 1
  if (here || node.lock !== null) shown['_id'] = 1
  stages.push({ $project: shown })
  return { collection, stages }
}

export const wantedOf = ({ by, link, carry }: ReadRequest): Wanted => ({ over: by, link, carry })
