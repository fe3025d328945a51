import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DocModule } from './doc-modules.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ENOUGH_MS = 60_000

/** Modules written to a folder inside of the repo, so that they find its packages. */
export interface WrittenDocs {
  /** What the compiler says, one line per problem, with the Markdown file and line. */
  typeErrors(): Promise<string[]>
  /** Runs a module in a process and an empty folder of its own, as a reader's script would. */
  run(module: DocModule): Promise<{ code: number | null; stdout: string; stderr: string }>
  remove(): void
}

export function writeDocs(modules: readonly DocModule[]): WrittenDocs {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'docs-'))
  const sources = new Map(modules.map((module) => [module.name, module.source]))
  writeFileSync(join(folder, 'tsconfig.json'), '{ "extends": "../../tsconfig.json", "include": ["."] }\n')
  for (const module of modules) writeFileSync(join(folder, module.name), module.code)

  const inMarkdown = (text: string) =>
    text.replaceAll(/[^\s(]*?([\w-]+\.ts)(?=[(:])/g, (path, name: string) => sources.get(name) ?? path)

  return {
    async typeErrors() {
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      const { code, stdout, stderr } = await node([tsc, '-p', folder, '--pretty', 'false'], root)
      const lines = inMarkdown(stdout)
        .split('\n')
        .filter((line) => line.includes('error TS'))
      if (code !== 0 && lines.length === 0) throw new Error(`tsc failed without an error: ${stdout}${stderr}`)
      return lines
    },

    async run(module) {
      const empty = mkdtempSync(join(tmpdir(), 'kinship-docs-'))
      try {
        const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
        const script = join(folder, module.name)
        const ran = await node([tsx, '--tsconfig', join(root, 'tsconfig.json'), script], empty)
        return { ...ran, stderr: inMarkdown(ran.stderr) }
      } finally {
        rmSync(empty, { recursive: true, force: true })
      }
    },

    remove() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function node(args: string[], cwd: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    // Whoever runs the tests may have set options for their own process.
    const { NODE_OPTIONS: _, ...env } = process.env
    const child = spawn(process.execPath, args, { cwd, env, timeout: ENOUGH_MS, killSignal: 'SIGKILL' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal) stderr += `\nended by ${signal}: it had not finished after ${ENOUGH_MS / 1000} s`
      resolve({ code, stdout, stderr })
    })
  })
}
