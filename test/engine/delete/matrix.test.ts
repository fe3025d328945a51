/** Every tie × kind × layout × hard and soft delete of either end, those included where nothing happens. */
import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/index.js'
import { type Kind, kinds, type Tie } from './cells.js'
import { type Loose, openLoose, rowsOf } from './database.js'

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

async function found(kind: Kind, db: Loose, holder: string, target: string): Promise<Outcome> {
  const record = await db.holder.findById(holder, { deleted: 'include' })
  if (record === null) return 'holder gone'
  const named = await isNamed(kind, db, holder, target)
  const gone = (await db.target.findById(target, { deleted: 'include' })) === null
  if (record.deletedAt !== null) return gone ? 'holder soft-deleted, dangling' : 'holder soft-deleted'
  if (!named) return kind.cut
  return gone ? 'dangling' : 'nothing'
}

/** A dangling entry of a list with two ends is shown nowhere, but it is stored. */
async function isNamed(kind: Kind, db: Loose, holder: string, target: string): Promise<boolean> {
  if ((await kind.names(db, holder, target)) > 0) return true
  const rows = [...(await rowsOf(db, 'holder')), ...((await pairs(db)) ?? [])]
  return rows.some((row) => JSON.stringify(row).includes(target))
}

/** Rows of pairs; null where pairs have no rows of their own. */
async function pairs(db: Loose): Promise<readonly unknown[] | null> {
  const tables = new Set((await rowsOf(db, 'sqlite_master')).map(({ name }) => name))
  const table = ['holder_held', 'between'].find((name) => tables.has(name))
  return table === undefined ? null : rowsOf(db, table)
}

const modes: readonly Mode[] = ['softly', 'for good']

describe.each(kinds)('$name', (kind) => {
  const cells = kind.ties.flatMap((tie) =>
    modes.map((mode) => ({ tie, mode, outcome: expected(kind, tie, mode) })),
  )

  test.each(cells)('$tie: target deleted $mode: $outcome', async ({ tie, mode, outcome }) => {
    const db = await openLoose(kind.graph(tie))
    const target = (await db.target.create({ name: 'T' })).id
    const other = (await db.target.create({ name: 'other' })).id
    const holder = await kind.link(db, target)
    const bystander = await kind.link(db, other)
    const report = await deleteEnd(db, 'target', target, mode)
    expect(report ? await found(kind, db, holder, target) : 'refused').toBe(outcome)
    expect(report && countsOf(report)).toEqual(countsFor(outcome, mode))
    expect((await db.target.findById(target)) === null).toBe(outcome !== 'refused')
    expect(await found(kind, db, bystander, other)).toBe('nothing')
    expect(await db.target.findById(other)).not.toBeNull()
  })

  test.each(kind.ties.flatMap((tie) => modes.map((mode) => ({ tie, mode }))))(
    '$tie: holder deleted $mode: nothing happens to the target',
    async ({ tie, mode }) => {
      const db = await openLoose(kind.graph(tie))
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
      const left = await pairs(db)
      expect(left?.length ?? null).toBe(left && (mode === 'softly' ? 1 : 0))
    },
  )
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
