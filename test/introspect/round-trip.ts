import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { Graph } from '../../src/index.js'
import type { PulledGraph } from '../../src/introspect/pulled-graph.js'
import { toSource } from '../../src/introspect/to-source.js'
import type { Models } from '../../src/types/any-model.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders: string[] = []

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** The source of a graph as a file inside of the repo, where it finds kinship. */
export function writtenGraph(graph: PulledGraph): { readonly folder: string; readonly file: string } {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'pulled-'))
  folders.push(folder)
  writeFileSync(join(folder, 'tsconfig.json'), '{ "extends": "../../tsconfig.json", "include": ["."] }\n')
  const file = join(folder, 'graph.ts')
  writeFileSync(file, toSource(graph, 'a test'))
  return { folder, file }
}

export async function importedGraph(file: string): Promise<Graph<Models>> {
  return ((await import(file)) as { graph: Graph<Models> }).graph
}

/** What the compiler says, under the repo's own strict options. */
export function typeErrors(folder: string): string {
  return run('', 'node_modules/typescript/bin/tsc', '-p', folder)
}

/** What the formatter makes of it. */
export function formatted(source: string): string {
  return run(source, 'node_modules/oxfmt/bin/oxfmt', '--stdin-filepath', 'graph.ts')
}

function run(input: string, script: string, ...args: readonly string[]): string {
  const ran = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  })
  return `${ran.stdout}${ran.stderr}`
}
