import type { GraphFault } from '../../errors/index.js'
import type { AssociationDraft } from '../draft.js'
import type { Layout } from '../graph.js'
import { record } from '../read-draft.js'
import { type Check, fault, words } from './fault.js'

export const checkLayouts: Check = function* ({ associations }) {
  for (const association of associations) {
    yield* layoutFaults(association)
    yield* orderFaults(association)
    yield* tableFaults(association)
  }
}

/** Layouts an association may have, the default first. */
function legalLayouts({ many, embedded, inverse, symmetric }: AssociationDraft): readonly Layout[] {
  if (!many) return embedded || inverse === null ? ['reference'] : ['reference', 'mirror']
  if (symmetric) return ['join', 'mirror']
  return inverse === null ? ['array', 'join'] : ['join', 'array', 'mirror']
}

function* layoutFaults(association: AssociationDraft): Generator<GraphFault> {
  const { model, path, layout, through } = association
  const legal = through === null ? legalLayouts(association) : (['join'] as const)
  if (legal.includes(layout)) return
  const why =
    layout === 'mirror' && !association.symmetric
      ? ' (a mirror is written at both ends, so it needs an inverse)'
      : ''
  yield fault(
    'illegal-layout',
    model.name,
    path,
    `It cannot have the layout "${layout}"${why}.`,
    `Choose ${words(legal)}, or leave \`layout\` out.`,
  )
}

function* orderFaults({
  model,
  path,
  declaration,
  symmetric,
  through,
}: AssociationDraft): Generator<GraphFault> {
  if (declaration.options['ordered'] !== true || (!symmetric && through === null)) return
  yield fault(
    'unordered-end',
    model.name,
    path,
    symmetric
      ? 'A symmetric association cannot be ordered: its pairs belong to both records.'
      : 'A declared join model keeps no order by itself.',
    symmetric
      ? 'Remove `ordered`, and order by a payload field when reading.'
      : 'Remove `ordered`, and order by a field of the join model when reading: `orderBy: { $link: … }`.',
  )
}

/** Names of the join table, where there is none. */
function* tableFaults({
  model,
  path,
  declaration,
  many,
  layout,
  through,
  ordered,
}: AssociationDraft): Generator<GraphFault> {
  if (!many) return
  const given = (name: string): boolean => declaration.options[name] !== undefined
  const table = layout === 'join' && through === null
  const pointless: string[] = []
  if (given('table') && !table) pointless.push('table')
  if (given('columns') && layout !== 'join') pointless.push('columns')
  if (record(declaration.options['columns'])['position'] !== undefined && table && !ordered) {
    pointless.push('columns.position')
  }
  if (layout === 'join' && declaration.column !== null) pointless.push('.column()')
  for (const option of pointless) {
    yield fault(
      'pointless-option',
      model.name,
      path,
      `\`${option}\` has nothing to name here.`,
      option === '.column()'
        ? 'Name the join table with `table` and its columns with `columns`.'
        : 'Remove it, or choose the layout "join" (`columns.position` also needs `ordered: true`).',
    )
  }
}
