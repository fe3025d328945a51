import type { ListQuery } from '../parameters/read-list.js'
import type { Envelope } from './envelope.js'

/** Where the other pages of a list are (RFC 8288), by number or by cursor, whichever the request used. */
export function linkHeader(
  url: string,
  { limit, offset, after }: Pick<ListQuery, 'limit' | 'offset' | 'after'>,
  { pages, cursors }: Envelope,
): string {
  const links: [relation: string, position: Readonly<Record<string, string>>][] = [['first', {}]]
  if (after === null) {
    if (pages.hasPrev) links.push(['prev', { $skip: String(Math.max(0, offset - limit)) }])
    if (pages.hasNext) links.push(['next', { $skip: String(offset + limit) }])
    const { total } = pages
    if (total !== null && total > 0) links.push(['last', { $skip: String((total - 1) * limit) }])
  } else {
    if (cursors.prev !== null) links.push(['prev', { $after: cursors.prev }])
    if (cursors.next !== null) links.push(['next', { $after: cursors.next }])
  }
  return links.map(([relation, position]) => `<${addressOf(url, position)}>; rel="${relation}"`).join(', ')
}

function addressOf(url: string, position: Readonly<Record<string, string>>): string {
  const [path = '', query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  for (const name of ['$skip', '$page', '$after']) parameters.delete(name)
  for (const [name, value] of Object.entries(position)) parameters.set(name, value)
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}
