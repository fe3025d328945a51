/** Every tie × kind × layout × hard and soft delete of either end, those included where nothing happens. */
import { beforeAll, describe, expect, test } from 'vitest'
import { connect, isKinshipError } from '../../../src/index.js'
import { describeStores, openAt, type SharedStore, sharedStores } from '../../helpers/stores.js'
import { type Kind, kinds, type Tie } from './cells.js'
import type { Loose } from './database.js'

/** What a delete did at the other end. */
type Outcome =
  | 'refused'
  | 'holder gone'
  | 'holder soft-deleted'
  | 'holder soft-deleted, dangling'
  | 'unset'
  | 'removed'
  | 'dangling'
  | 'nothing'

type Mode = 'softly' | 'for good'

/** What becomes of the holder when its target is deleted. */
const ofHolder: Record<Tie, Record<Mode, Outcome | 'cut'>> = {
  strong: { softly: 'holder gone', 'for good': 'holder gone' },
  soft: { softly: 'holder soft-deleted', 'for good': 'holder soft-deleted, dangling' },
  weak: { softly: 'cut', 'for good': 'cut' },
  dirty: { softly: 'nothing', 'for good': 'dangling' },
  restrict: { softly: 'refused', 'for good': 'refused' },
}

function expected(kind: Kind, tie: Tie, mode: Mode): Outcome {
  const outcome = ofHolder[tie][mode]
  if (outcome !== 'cut') return outcome
  return kind.list && mode === 'softly' ? 'nothing' : kind.cut
}

/** The report, or undefined where the delete was refused. */
async function deleteEnd(db: Loose, end: 'target' | 'holder', id: string, mode: Mode): Promise<Loose> {
  try {
    return await db[end].delete(id, { hard: mode === 'for good' })
  } catch (error) {
    if (!isKinshipError(error, 'KIN_RESTRICTED')) throw error
  }
}

/** A database of one kind and tie, on a store. */
interface Cell {
  readonly db: Loose
  /** what is stored in a table, as text */
  readonly stored: (table: string) => Promise<readonly string[]>
}

async function openCell(store: SharedStore, kind: Kind, tie: Tie): Promise<Cell> {
  const place = store.newPlace()
  const db: Loose = await connect(kind.graph(tie) as Loose, openAt(place))
  await db.sync()
  return {
    db,
    stored: async (table) => {
      const rows = await db.transaction((tx: Loose) => store.rows(tx.native, place, table))
      return rows.map((row: unknown) => JSON.stringify(row))
    },
  }
}

async function found(kind: Kind, { db, stored }: Cell, holder: string, target: string): Promise<Outcome> {
  const record = await db.holder.findById(holder, { deleted: 'include' })
  if (record === null) return 'holder gone'
  const gone = (await db.target.findById(target, { deleted: 'include' })) === null
  if (record.deletedAt !== null) return gone ? 'holder soft-deleted, dangling' : 'holder soft-deleted'
  const named = (await kind.names(db, holder, target)) > 0
  // A dangling entry of a list with two ends is shown nowhere, but it is stored.
  const kept =
    named ||
    (await Promise.all(['holder', kind.pairs ?? 'holder'].map(stored)))
      .flat()
      .some((row) => row.includes(target))
  if (!kept) return kind.cut
  return gone ? 'dangling' : 'nothing'
}

/** Stored pairs of a holder that have rows of their own. */
async function pairsOf({ pairs }: Kind, { stored }: Cell, holder: string): Promise<number> {
  return pairs === null ? 0 : (await stored(pairs)).filter((row) => row.includes(holder)).length
}

const modes: readonly Mode[] = ['softly', 'for good']

describeStores(sharedStores, (store) => {
  // A reference to one record has no layout of lists; all stores can write it down.
  const layouts = new Set<unknown>([null, 'reference', ...store.layouts])
  const legal = kinds.filter(({ layout }) => layouts.has(layout))
  const cells = legal.flatMap((kind) => kind.ties.map((tie) => ({ kind, tie, name: kind.name })))

  describe.each(cells)('$name, $tie', ({ kind, tie }) => {
    let cell: Cell
    beforeAll(async () => {
      cell = await openCell(store, kind, tie)
    })

    test.each(modes.map((mode) => ({ mode, outcome: expected(kind, tie, mode) })))(
      'target deleted $mode: $outcome',
      async ({ mode, outcome }) => {
        const { db } = cell
        const target = (await db.target.create({ name: 'T' })).id
        const other = (await db.target.create({ name: 'other' })).id
        const holder = await kind.link(db, target)
        const bystander = await kind.link(db, other)
        const report = await deleteEnd(db, 'target', target, mode)
        expect(report ? await found(kind, cell, holder, target) : 'refused').toBe(outcome)
        expect(report && countsOf(report)).toEqual(countsFor(outcome, mode))
        expect((await db.target.findById(target)) === null).toBe(outcome !== 'refused')
        expect(await found(kind, cell, bystander, other)).toBe('nothing')
        expect(await db.target.findById(other)).not.toBeNull()
      },
    )

    test.each(modes)('holder deleted %s: nothing happens to the target', async (mode) => {
      const { db } = cell
      const target = (await db.target.create({ name: 'T' })).id
      const holder = await kind.link(db, target)
      const before = await db.target.findById(target)
      const report = await deleteEnd(db, 'holder', holder, mode)
      expect(await db.target.findById(target)).toEqual(before)
      const goes = { softly: ['softDeleted', 'deleted'], 'for good': ['deleted', 'softDeleted'] }[mode]
      expect(report[goes[0]!].holder).toBe(1)
      expect(report[goes[1]!]).toEqual({})
      expect(report).toMatchObject({ unlinked: 0, dangling: 0 })
      // R23: a hard delete of the holder always removes its own entries; a soft one leaves them stored.
      expect(await pairsOf(kind, cell, holder)).toBe(kind.pairs && mode === 'softly' ? 1 : 0)
      // A mirror on the target is cleaned.
      const named = (await cell.stored('target')).some((row) => row.includes(holder))
      expect(named).toBe(kind.layout === 'mirror' && mode === 'softly')
    })
  })

  test('no legal layout is left out', () => {
    const there = new Set<unknown>(legal.map(({ layout }) => layout))
    expect([...layouts].filter((layout) => !there.has(layout))).toEqual([])
  })
})

const countsOf = ({ deleted, softDeleted, unlinked, dangling }: Loose) => ({
  holder: (deleted.holder ?? 0) - (softDeleted.holder ?? 0),
  target: (deleted.target ?? 0) - (softDeleted.target ?? 0),
  unlinked: unlinked + (deleted.between ?? 0),
  dangling,
})

/** What the report should say: 1 for what goes for good, -1 for what goes softly; nothing where it was refused. */
function countsFor(outcome: Outcome, mode: Mode): ReturnType<typeof countsOf> | undefined {
  if (outcome === 'refused') return undefined
  return {
    holder: outcome === 'holder gone' ? 1 : outcome.startsWith('holder soft-deleted') ? -1 : 0,
    target: mode === 'softly' ? -1 : 1,
    unlinked: outcome === 'unset' || outcome === 'removed' ? 1 : 0,
    dangling: outcome.endsWith('dangling') ? 1 : 0,
  }
}
