import type { Graph } from 'kinship'

/** One line for each association: its two ends, where it is written, and what a delete does. */
export function describeGraph({ associations }: Pick<Graph<never>, 'associations'>): string[] {
  return associations.map(({ from, to, name, path, reverse, many, layout, payload, onDelete, symmetric }) => {
    const other = reverse.name === null || symmetric ? to.name : `${to.name}.${reverse.name}`
    const carries = payload.size > 0 ? `, with ${[...payload.keys()].join(' and ')}` : ''
    const ends = `${from.name}.${name ?? path.join('.')}`.padEnd(24)
    return `${ends} ${many ? '>──<' : '>───'} ${other.padEnd(18)} ${layout}${carries}; ${onDelete} on delete`
  })
}
