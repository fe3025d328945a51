import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LogEntry } from 'kinship'
import { connect } from 'kinship'
import { describe, expect, test } from 'vitest'
import { graph } from '../../examples/demo/graph.js'
import { run } from '../../examples/demo/main.js'
import { temporaryFile } from '../helpers/sqlite.js'
import { describeStores, testedStores } from '../helpers/stores.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const small = { products: 150, customers: 60, orders: 120, reviews: 500 }

describeStores(testedStores, ({ open }) => {
  test('builds a shop and takes the tour', async () => {
    const log: LogEntry[] = []
    const printed: string[] = []
    const built: Record<string, number> = {}
    let current = ''
    const progress = {
      begin: (what: string) => void (built[(current = what)] = 0),
      advance: (steps: number) => void (built[current] = (built[current] ?? 0) + steps),
      end: () => {},
    }
    const db = await connect(graph, open(), { log: (entry) => log.push(entry) })
    const results = await run(db, small, {
      print: (line) => printed.push(line),
      progress,
      log,
      colors: false,
    })

    expect(built).toMatchObject(small)
    expect(Object.keys(results)).toEqual(['loading', 'asking', 'wishing', 'ordering', 'deleting'])
    expect(results).toMatchObject({
      loading: [{ address: { country: { name: 'Austria' } } }],
      wishing: { added: { removed: [], unchanged: [] }, changed: { added: [] }, list: [{}] },
      ordering: { order: { number: 1, status: 'open', version: 1 } },
      deleting: { softDeleted: { customer: 1 }, dangling: 0, hidden: null, restored: { customer: 1 } },
    })
    expect(await db.order.count({ where: { number: { $gt: 10_000 } } })).toBe(small.orders)
    await db.close()

    const text = printed.join('\n')
    expect(text).toContain('| return db.customer.find({')
    expect(text).toMatch(/ms +\d+ rows {2}(select|db\.)/)
    expect(text).toContain('customer.wishlist')
  })
})

describe('demo', () => {
  test('ends by itself, on a busy machine within twenty seconds', { timeout: 60_000 }, async () => {
    const began = performance.now()
    const { code, output } = await runDemo(temporaryFile('shop.db'))
    const seconds = (performance.now() - began) / 1000
    expect(output).toContain('All of it took')
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(20)
  })
})

async function runDemo(file: string): Promise<{ code: number | null; output: string }> {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  const child = spawn(process.execPath, [tsx, 'examples/demo/main.ts', file], { cwd: root })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output }
}
