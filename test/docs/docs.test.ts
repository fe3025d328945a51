// Every `ts` block of the README and the docs is type-checked and executed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type WrittenDocs, writeDocs } from './check-docs.js'
import { docModules } from './doc-modules.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
]
  .filter((page) => page.endsWith('.md'))
  .filter((page) => existsSync(join(root, page)))

const modules = pages.flatMap((page) => docModules(page, readFileSync(join(root, page), 'utf8')))
const executed = modules.filter((module) => module.run)

let docs: WrittenDocs
let typeErrors: string[]

beforeAll(async () => {
  docs = writeDocs(modules)
  typeErrors = await docs.typeErrors()
}, 120_000)

afterAll(() => {
  docs.remove()
})

test('the pages are found, and their code', () => {
  expect(pages).toContain('README.md')
  expect(pages).toContain('docs/errors.md')
  expect(executed.length).toBeGreaterThan(0)
})

test.each(pages)('%s: every ts block stands in a module', (page) => {
  const written = readFileSync(join(root, page), 'utf8').match(/^\s*```ts\b/gm)?.length ?? 0
  expect(modules.filter((module) => module.source === page).length > 0).toBe(written > 0)
})

test.each(pages)('%s: its code has no type errors', (page) => {
  expect(typeErrors.filter((line) => line.startsWith(page))).toEqual([])
})

test('no type error is left that belongs to none of the pages', () => {
  expect(typeErrors.filter((line) => !pages.some((page) => line.startsWith(page)))).toEqual([])
})

describe('runs to its end', () => {
  test.each(executed.map((module) => [module.name, module] as const))('%s', async (_, module) => {
    const ran = await docs.run(module)
    // A warning of Node's own on a run that succeeds is no fault of the page.
    expect(ran.code === 0 ? 'succeeded' : ran.stderr).toBe('succeeded')
    expect(module.output ?? ran.stdout).toBe(ran.stdout)
  })
})
