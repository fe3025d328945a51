/** `npm run demo [file]`: builds a shop in a SQLite file, then shows what kinship does with it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { connect, type Db, type LogEntry } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { build, type Size } from './build.js'
import { describeGraph } from './describe-graph.js'
import { graph } from './graph.js'
import { type Progress, progressOn } from './progress.js'
import { sourceOf } from './source-of.js'
import { tour } from './tour.js'

const shop: Size = { products: 1500, customers: 4000, orders: 15_000, reviews: 12_000 }

interface Stage {
  readonly print: (text: string) => void
  readonly progress: Progress
  /** Every statement sent is put here. */
  readonly log: LogEntry[]
  readonly colors: boolean
}

export async function run(db: Db<typeof graph>, size: Size, { print, progress, log, colors }: Stage) {
  const heading = (text: string) => print(`\n${colors ? `\u001B[1m${text}\u001B[0m` : text}\n`)

  heading(`1. Declaring: ${graph.models.size} models, and everything between them`)
  for (const line of describeGraph(graph)) print(`  ${line}`)

  heading('2. Building')
  const began = performance.now()
  await db.sync()
  await build(db, size, progress)
  const seconds = (performance.now() - began) / 1000
  print(`  done in ${seconds.toFixed(1)} s with ${log.length} statements`)

  const results: Record<string, unknown> = {}
  for (const [index, { title, step }] of tour.entries()) {
    heading(`${index + 3}. ${title}`)
    print(indent(sourceOf(fileURLToPath(new URL('tour.ts', import.meta.url)), step.name), '  | '))
    log.length = 0
    const result = await step(db)
    results[step.name] = result
    print(`\n${indent(inspect(result, { depth: 8, colors, breakLength: 110 }), '  ')}\n`)
    for (const line of describeLog(log)) print(`  ${line}`)
  }
  return results
}

const indent = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by)

/** One line for each statement; the same one many times in a row is one line, with the sums. */
function describeLog(log: readonly LogEntry[]): string[] {
  const groups: (LogEntry & { times: number })[] = []
  for (const entry of log) {
    const last = groups.at(-1)
    if (last?.statement !== entry.statement) groups.push({ ...entry, times: 1 })
    else {
      const milliseconds = last.milliseconds + entry.milliseconds
      groups[groups.length - 1] = {
        ...last,
        milliseconds,
        rows: last.rows + entry.rows,
        times: last.times + 1,
      }
    }
  }
  return groups.map(({ statement, parameters, milliseconds, rows, times }) => {
    const given = parameters.length === 0 ? '' : `  ${short(JSON.stringify(parameters), 60)}`
    const costs = `${milliseconds.toFixed(2).padStart(6)} ms ${String(rows).padStart(4)} rows`
    return `${costs}  ${times > 1 ? `${times} times ` : ''}${short(statement, 300)}${given}`
  })
}

const short = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text)

if (process.argv[1] === import.meta.filename) {
  const [, , given] = process.argv
  if (given !== undefined && existsSync(given)) throw new Error(`${given} exists already; name a new file.`)
  const folder = mkdtempSync(join(tmpdir(), 'kinship-demo-'))
  const file = given ?? join(folder, 'shop.db')
  const log: LogEntry[] = []
  const began = performance.now()
  const db = await connect(graph, sqlite(file), { log: (entry) => log.push(entry) })
  await run(db, shop, {
    print: console.log,
    progress: progressOn(process.stderr),
    log,
    colors: process.stdout.isTTY,
  })
  await db.close()
  rmSync(folder, { recursive: true })
  const kept =
    given === undefined ? 'its file was removed; give a name to keep it' : `the shop is in ${given}`
  console.log(`\nAll of it took ${((performance.now() - began) / 1000).toFixed(1)} s; ${kept}.`)
}
