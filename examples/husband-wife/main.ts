import { connect, type Db, isKinshipError } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { type Marriage, marriage, type Ties } from './graph.js'

type Open = (graph: Marriage) => Promise<Db<Marriage>>

/** Every tie, tried on a couple of its own. `open` gives an empty database for a graph. */
export async function run(open: Open, print: (line: string) => void = console.log) {
  const outcomes: Record<string, string> = {}
  const say = (what: string, outcome: string) => {
    outcomes[what] = outcome
    print(`${what}: ${outcome}`)
  }

  // What becomes of the wife when her husband is deleted.
  for (const onDelete of ['strong', 'soft', 'weak', 'dirty', 'restrict'] as const) {
    const { db, husband, wife } = await wedding(open, { onDelete })
    const refused = await isRestricted(db.husband.delete(husband))
    say(`${onDelete}, husband deleted`, refused ? 'refused' : await fateOfWife(db, wife))
    await db.close()
  }

  // What becomes of the husband when his wife is deleted.
  for (const onHolderDelete of ['strong', 'soft'] as const) {
    const { db, husband, wife } = await wedding(open, { onDelete: 'weak', onHolderDelete })
    await db.wife.delete(wife)
    say(`${onHolderDelete}, wife deleted`, fate(await db.husband.findById(husband, { deleted: 'include' })))
    await db.close()
  }

  // One wife to a husband, among the living: who is soft-deleted is not in the way.
  const { db, husband, wife } = await wedding(open, { onDelete: 'weak' })
  await db.wife.delete(wife)
  say('no tie, wife deleted', fate(await db.husband.findById(husband)))
  await db.wife.create({ name: 'Stephanie', husband })
  const loaded = await db.husband.findById(husband, { populate: { wife: true } })
  print(`${loaded?.name} is now married to ${loaded?.wife?.name}.`)
  await db.close()

  return { outcomes, loaded }
}

async function wedding(open: Open, ties: Ties) {
  const db = await open(marriage(ties))
  const husband = await db.husband.create({ name: 'Mark' })
  const wife = await db.wife.create({ name: 'Lilly', husband })
  return { db, husband: husband.id, wife: wife.id }
}

async function isRestricted(deletion: Promise<unknown>): Promise<boolean> {
  try {
    await deletion
    return false
  } catch (error) {
    if (isKinshipError(error, 'KIN_RESTRICTED')) return true
    throw error
  }
}

async function fateOfWife(db: Db<Marriage>, id: string): Promise<string> {
  const wife = await db.wife.findById(id, { deleted: 'include' })
  if (wife === null || wife.deletedAt !== null) return fate(wife)
  return wife.husband === null ? 'stays, without a husband' : 'stays, and still names him'
}

function fate(record: { deletedAt: Date | null } | null): string {
  if (record === null) return 'gone for good'
  return record.deletedAt === null ? 'stays' : 'soft-deleted too'
}

if (process.argv[1] === import.meta.filename) {
  await run(async (graph) => {
    const db = await connect(graph, sqlite(':memory:'))
    await db.sync()
    return db
  })
}
