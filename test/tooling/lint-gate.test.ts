// Lint that silently checks nothing passes everything, so each gate is shown a file that it must refuse.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = (name: string) => join(root, 'node_modules/.bin', name)

/** Files that follow the arrows between folders and every rule. */
const sound = {
  'src/errors/fail.ts': 'export const fail = (): string => "no"\n',
  'src/schema/field.ts': "import { fail } from '../errors/fail.js'\n\nexport const field = fail()\n",
  'src/store/store.ts': "import { field } from '../schema/field.js'\n\nexport const store = field\n",
  'src/testing/suite.ts': "import { check } from 'fast-check'\n\nexport const suite = String(check)\n",
}

const forbidden: [folder: string, specifier: string][] = [
  ['src/errors', '../schema/field.js'],
  ['src/schema', '../store/store.js'],
  ['src/schema/deep', '../../engine/x.js'],
  ['src/store', '../plan/x.js'],
  ['src/types', '../engine/x.js'],
  ['src/plan', '../ties/x.js'],
  ['src/plan', '../engine/x.js'],
  ['src/plan', '../stores/sql/x.js'],
  ['src/ties', '../plan/x.js'],
  ['src/engine', '../stores/sqlite/x.js'],
  ['src/engine/read', '../../testing/x.js'],
  ['src/stores/sql', '../../engine/x.js'],
  ['src/stores/sql', '../sqlite/x.js'],
  ['src/stores/sqlite', '../../plan/x.js'],
  ['src/testing', '../stores/sqlite/x.js'],
  ['src/introspect', '../stores/sqlite/x.js'],
  ['src/introspect/names', '../../engine/x.js'],
  ['src/cli', '../testing/x.js'],
  ['src/rest', '../engine/x.js'],
  ['src/rest/routes', '../../stores/sqlite/x.js'],
  ['src/engine', 'better-sqlite3'],
  ['src/stores/sql', 'node:sqlite'],
  ['src/engine', 'fast-check'],
  ['src/testing', 'vitest'],
  ['src/engine', 'kinship'],
  ['examples/shop', '../../src/index.js'],
]

const importing = (specifier: string) =>
  `import { thing } from '${specifier}'\n\nexport const x = String(thing)\n`

/** Files that each break one rule. */
const unsound: Record<string, string> = {
  'src/schema/cycle-a.ts': "import { b } from './cycle-b.js'\n\nexport const a = (): number => b()\n",
  'src/schema/cycle-b.ts': "import { a } from './cycle-a.js'\n\nexport const b = (): number => a()\n",
  'src/store/types-a.ts': "import type { B } from './types-b.js'\n\nexport type A = B | 1\n",
  'src/store/types-b.ts': "import type { A } from './types-a.js'\n\nexport type B = A[]\n",
  'src/engine/dynamic.ts': "export const lazy = async () => await import('../stores/sqlite/x.js')\n",
  'src/index.ts': importing('./stores/sqlite/x.js'),
  'src/store/floating.ts':
    'const go = async (): Promise<void> => {}\n\nexport const x = () => {\n  go()\n}\n',
  'src/store/misused.ts':
    'export const x = (go: () => Promise<boolean>): string => {\n  if (go()) return "y"\n  return "n"\n}\n',
  'src/store/switch.ts':
    "export const x = (kind: 'a' | 'b'): void => {\n  switch (kind) {\n    case 'a':\n      throw new Error(kind)\n  }\n}\n",
  'src/store/swallow.ts':
    'export const x = (go: () => void): void => {\n  try {\n    go()\n  } catch {}\n}\n',
  'src/store/any.ts': 'export const x = (value: any): string => String(value)\n',
}

const projects: string[] = []

/** Lints a project made of these files alone; one `path: rule` per finding. */
function lint(files: Record<string, string>): { status: number | null; findings: string[] } {
  const project = mkdtempSync(join(tmpdir(), 'kinship-lint-'))
  projects.push(project)
  copyFileSync(join(root, '.oxlintrc.json'), join(project, '.oxlintrc.json'))
  const compilerOptions = { module: 'nodenext', target: 'es2023', lib: ['es2023'], types: [], strict: true }
  const tsconfig = JSON.stringify({ compilerOptions, include: ['src', 'examples'] })
  for (const [path, text] of Object.entries({ ...files, 'tsconfig.json': tsconfig })) {
    const file = join(project, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const run = spawnSync(
    bin('oxlint'),
    ['--format', 'json', 'src', 'examples', '--no-error-on-unmatched-pattern'],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, OXLINT_TSGOLINT_PATH: bin('tsgolint') },
    },
  )
  const report: unknown = JSON.parse(run.stdout)
  const { diagnostics } = report as { diagnostics: { filename: string; code: string }[] }
  return { status: run.status, findings: diagnostics.map((found) => `${found.filename}: ${found.code}`) }
}

afterAll(() => {
  for (const project of projects) rmSync(project, { recursive: true, force: true })
})

test('files that follow the arrows and the rules pass', () => {
  expect(lint(sound)).toEqual({ status: 0, findings: [] })
})

describe('among sound files, lint refuses', () => {
  let status: number | null
  let findings: string[]

  beforeAll(() => {
    const planted = forbidden.map(([folder, specifier], at) => [`${folder}/x${at}.ts`, importing(specifier)])
    ;({ status, findings } = lint({ ...sound, ...unsound, ...Object.fromEntries(planted) }))
  })

  test('the project as a whole, and not the sound files', () => {
    expect(status).toBe(1)
    expect(findings.filter((finding) => Object.keys(sound).some((path) => finding.startsWith(path)))).toEqual(
      [],
    )
  })

  test.each(forbidden.map(([folder, specifier], at) => ({ folder, specifier, at })))(
    '$folder importing $specifier',
    ({ folder, at }) => {
      expect(findings).toContain(`${folder}/x${at}.ts: eslint(no-restricted-imports)`)
    },
  )

  test.each([
    ['a cycle of imports', 'src/schema/cycle-a.ts', 'import(no-cycle)'],
    ['a cycle of imports, in its other file', 'src/schema/cycle-b.ts', 'import(no-cycle)'],
    ['a cycle of type imports', 'src/store/types-a.ts', 'import(no-cycle)'],
    ['a dynamic import against the arrows', 'src/engine/dynamic.ts', 'eslint(no-restricted-imports)'],
    ['a concrete store in the main entry', 'src/index.ts', 'eslint(no-restricted-imports)'],
    ['a promise that nobody awaits', 'src/store/floating.ts', 'typescript(no-floating-promises)'],
    ['a promise where a boolean is meant', 'src/store/misused.ts', 'typescript(no-misused-promises)'],
    ['a switch that forgets a case', 'src/store/switch.ts', 'typescript(switch-exhaustiveness-check)'],
    ['a swallowed error', 'src/store/swallow.ts', 'eslint(no-empty)'],
    ['an any', 'src/store/any.ts', 'typescript(no-explicit-any)'],
  ])('%s', (_, path, rule) => {
    expect(findings).toContain(`${path}: ${rule}`)
  })
})
