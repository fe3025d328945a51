/** One association between a holder and a target, in every kind and layout; both can be soft-deleted. */
import type { Layout, Graph } from '../../../src/schema/graph.js'
import { defineGraph, k } from '../../schema/loose.js'
import type { Loose } from './database.js'

export type Tie = 'strong' | 'soft' | 'weak' | 'dirty' | 'restrict'

export interface Kind {
  readonly name: string
  /** how it is written down; null for embedded references, which are written in one way only */
  readonly layout: Layout | null
  /** the table or collection that pairs have for themselves; null where they have none */
  readonly pairs: string | null
  readonly ties: readonly Tie[]
  readonly graph: (tie: Tie) => Graph
  /** creates a holder of the target; the only one of it */
  readonly link: (db: Loose, target: string) => Promise<string>
  /** how often the holder, live or not, names the target */
  readonly names: (db: Loose, holder: string, target: string) => Promise<number>
  /** what a weak tie leaves behind */
  readonly cut: 'unset' | 'removed'
  /** a soft delete of the target leaves entries where they are */
  readonly list: boolean
}

const all: readonly Tie[] = ['strong', 'soft', 'weak', 'dirty', 'restrict']
const soft = { softDelete: true }
const target = () => k.model({ name: k.string() }, soft)

const graphOf =
  (field: (tie: Tie) => Loose, more: Record<string, unknown> = {}) =>
  (tie: Tie) =>
    defineGraph({ target: target(), holder: k.model({ held: field(tie) }, soft), ...more })

const create = (content: (target: string) => unknown) => async (db: Loose, id: string) =>
  (await db.holder.create({ held: content(id) })).id as string

/** How often an id stands in what the holder shows by itself. */
async function shown(db: Loose, holder: string, id: string): Promise<number> {
  const { held } = await db.holder.findById(holder, { deleted: 'include' })
  return JSON.stringify(held).split(id).length - 1
}

/** The same for ends that are shown only when they are populated. */
async function populated(db: Loose, holder: string, id: string): Promise<number> {
  const populate = { held: { deleted: 'include', select: ['id'] } }
  const found = await db.holder.findById(holder, { deleted: 'include', populate })
  return found.held.filter((entry: Loose) => entry.id === id).length
}

const toOne = (name: string, layout: Layout, refine: (field: Loose) => Loose): Kind => ({
  name: `${name}, ${layout}`,
  layout,
  pairs: null,
  ties: all,
  graph: graphOf((onDelete) => refine(k.one('target', { inverse: 'holders', onDelete, layout }))),
  link: create((id) => id),
  names: shown,
  cut: 'unset',
  list: false,
})

const toMany = (name: string, layout: Layout, options: Record<string, unknown>, names = populated): Kind => ({
  name: `${name}, ${layout}`,
  layout,
  pairs: layout === 'join' ? 'holder_held' : null,
  ties: ['weak', 'dirty', 'restrict'],
  graph: graphOf((onDelete) => k.many('target', { onDelete, layout, ...options })),
  link: create((id) => [id]),
  names,
  cut: 'removed',
  list: true,
})

const embedded = (
  name: string,
  cut: Kind['cut'],
  field: (reference: Loose) => Loose,
  content: (id: string) => unknown,
): Kind => ({
  name,
  layout: null,
  pairs: null,
  ties: all,
  graph: graphOf((onDelete) => field(k.one('target', { onDelete }))),
  link: create(content),
  names: shown,
  cut,
  list: false,
})

const references: readonly Layout[] = ['reference', 'mirror']
const lists: readonly Layout[] = ['join', 'array', 'mirror']

export const kinds: readonly Kind[] = [
  ...references.map((layout) => toOne('one-one', layout, (field) => field.unique().optional())),
  ...references.map((layout) => toOne('many-one', layout, (field) => field.optional())),
  ...lists.map((layout) => toMany('many-many', layout, { inverse: 'holders' })),
  ...lists.map((layout) =>
    toMany('many-many with payload', layout, {
      inverse: 'holders',
      payload: { note: k.string().optional() },
    }),
  ),
  {
    ...toMany('many-many through a declared model', 'join', { inverse: 'holders' }),
    pairs: 'between',
    graph: (onDelete) =>
      graphOf(() => k.many('target', { inverse: 'holders', through: 'between', onDelete }), {
        between: k.model({ holder: k.one('holder'), target: k.one('target') }),
      })(onDelete),
  },
  toMany('many', 'array', {}, shown),
  toMany('many', 'join', {}, shown),
  embedded(
    'in an object',
    'unset',
    (one) => k.object({ one: one.optional() }),
    (one) => ({ one }),
  ),
  embedded(
    'optional in an array of objects',
    'unset',
    (one) => k.array(k.object({ one: one.optional() })),
    (one) => [{ one }],
  ),
  embedded(
    'required in an array of objects',
    'removed',
    (one) => k.array(k.object({ one })),
    (one) => [{ one }],
  ),
  embedded(
    'deep in arrays',
    'removed',
    (one) => k.array(k.object({ inner: k.array(k.object({ at: k.object({ one }) })) })),
    (one) => [{ inner: [{ at: { one } }] }],
  ),
  embedded(
    'element of an array',
    'removed',
    (one) => k.array(one),
    (one) => [one],
  ),
]
