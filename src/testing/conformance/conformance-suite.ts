import { connect } from '../../engine/connect.js'
import type { Layout } from '../../schema/graph.js'
import type { LogEntry, Store } from '../../store/store.js'
import type { Db } from '../../types/db.js'
import type { AnyGraph } from '../../types/graph.js'
import type { ConformanceCase, Harness } from './conformance-case.js'
import { conformanceCases } from './conformance-cases.js'
import type { ConformanceRunner, ConformanceTarget } from './conformance-target.js'

const NO_PAIR = 'the target has no openTwo'

/**
 * Declares a test for every case of the conformance suite, in every layout that the case is about: what the rules promise,
 * tried on a store. Titles name store, layout and rule, `sqlite join: R13: adding a pair that exists merges its payload`;
 * those of skipped tests end with the reason.
 *
 * @param runner `describe` and `it` of vitest or `node:test`
 * @throws TypeError where `skip` names something that there is not
 * @example
 * import { describe, it } from 'node:test'
 *
 * conformanceSuite({ describe, it }, { name: 'mine', open: () => myStore() })
 */
export function conformanceSuite({ describe, it }: ConformanceRunner, target: ConformanceTarget): void {
  checkSkips(target)
  for (const [group, cases] of Object.entries(conformanceCases))
    describe(`${target.name}: ${group}`, () => {
      for (const each of cases)
        for (const layout of each.layouts ?? [undefined]) {
          const title = [[target.name, layout].filter(Boolean).join(' '), each.rule, each.title].join(': ')
          const reason = reasonToSkip(target, each, layout)
          if (reason === undefined) it(title, () => runCase(target, each, layout))
          else it.skip(`${title} (skipped: ${reason})`, () => Promise.resolve())
        }
    })
}

function reasonToSkip(
  { skip = {}, openTwo }: ConformanceTarget,
  { rule, title, twoStores }: ConformanceCase,
  layout: Layout | undefined,
): string | undefined {
  if (twoStores && !openTwo) return NO_PAIR
  return skip[`${rule}: ${title}`] ?? skip[rule] ?? (layout && skip[layout])
}

/** A misspelt skip would otherwise go unnoticed. */
function checkSkips({ skip = {} }: ConformanceTarget): void {
  const cases = Object.values(conformanceCases).flat()
  const known = new Set(
    cases.flatMap(({ rule, title, layouts = [] }) => [rule, `${rule}: ${title}`, ...layouts]),
  )
  const unknown = Object.keys(skip).filter((name) => !known.has(name as Layout))
  if (unknown.length > 0)
    throw new TypeError(
      `skip: no rule, layout or case is called ${unknown.map((name) => `'${name}'`).join(', ')}`,
    )
}

async function runCase(
  target: ConformanceTarget,
  each: ConformanceCase,
  layout: Layout | undefined,
): Promise<void> {
  const opened: { readonly store: Store; db?: { close(): Promise<void> } }[] = []
  const connectTo = async <G extends AnyGraph>(graph: G, store: Store, log?: (entry: LogEntry) => void) => {
    const entry: (typeof opened)[number] = { store }
    opened.push(entry)
    const db: Db<G> = await connect(graph, store, { log })
    entry.db = db
    return db
  }
  const harness: Harness = {
    one: layout === 'mirror' ? 'mirror' : 'reference',
    many: layout === undefined || layout === 'reference' ? 'join' : layout,
    oneSided: layout === 'join' ? 'join' : 'array',
    async open(graph, log) {
      const db = await connectTo(graph, target.open(), log)
      await db.sync()
      return db
    },
    async openTwo<G extends AnyGraph>(graph: G, other: G = graph) {
      const [first, second] = target.openTwo?.() ?? []
      if (!first || !second) throw new TypeError(NO_PAIR)
      const [one, two] = [await connectTo(graph, first), await connectTo(other, second)]
      await one.sync()
      return [one, two] as const
    },
  }
  try {
    await each.run(harness)
  } finally {
    for (const { db, store } of opened) {
      await db?.close()
      await store.close()
    }
  }
}
