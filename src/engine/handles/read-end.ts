import { isKinshipError, KinshipError } from '../../errors/index.js'
import type { Edge } from '../../schema/graph.js'
import { findById } from '../read/find.js'
import { readerOf } from '../read/reader.js'
import { notFound } from '../write/not-found.js'
import type { HandleAt } from './handle-at.js'

/** What a reading method of a handle takes. */
export interface EndQuery {
  readonly signal?: AbortSignal | undefined
  readonly [option: string]: unknown
}

/** What an end shows: its owner is read with the end populated. @throws KIN_NOT_FOUND */
export async function readEnd(at: HandleAt, query: EndQuery | undefined): Promise<unknown> {
  const record = await readOwner(at, 'populate', query)
  return record[nameOf(at.edge)]
}

/** How many targets an end shows. @throws KIN_NOT_FOUND */
export async function countEnd(at: HandleAt, query: EndQuery | undefined): Promise<number> {
  const record = await readOwner(at, 'count', query)
  return (record['$count'] as Readonly<Record<string, number>>)[nameOf(at.edge)] ?? 0
}

const nameOf = (edge: Edge): string => edge.path.join('.')

async function readOwner(
  { context, edge, owner }: HandleAt,
  option: 'populate' | 'count',
  { signal, ...query }: EndQuery = {},
): Promise<Readonly<Record<string, unknown>>> {
  const name = nameOf(edge)
  const node = Object.keys(query).length === 0 ? true : query
  try {
    const record = await findById(readerOf(context, edge.from), owner, {
      select: ['id'],
      [option]: { [name]: node },
      signal,
    })
    return record ?? notFound(edge.from, [owner])
  } catch (error) {
    throw asOfHandle(error, `${option}.${name}.`)
  }
}

/** The caller of a handle gave the node's query alone, so places in it begin there. */
function asOfHandle(error: unknown, prefix: string): unknown {
  if (!isKinshipError(error) || !error.path?.startsWith(prefix)) return error
  const { code, details, hint, cause, path, message } = error
  return new KinshipError(code, {
    message: message.replaceAll(prefix, ''),
    details: details as never,
    path: path.slice(prefix.length),
    hint,
    cause,
  })
}
