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
  const address = addressOf(url)
  return links.map(([relation, position]) => `<${address(position)}>; rel="${relation}"`).join(', ')
}

/** The address of the list at another position. */
function addressOf(url: string): (position: Readonly<Record<string, string>>) => string {
  const [path = '', query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  for (const name of ['$skip', '$page', '$after']) parameters.delete(name)
  const rest = parameters.toString()
  return (position) => {
    const text = [rest, new URLSearchParams(position).toString()].filter((part) => part !== '').join('&')
    return text === '' ? path : `${path}?${text}`
  }
}
