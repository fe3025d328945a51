import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail } from '../errors/index.js'
import type { RestOptions } from '../rest/options.js'
import type { Graph } from '../schema/graph.js'
import type { Store } from '../store/store.js'

/** What `kinship.config.ts` (or `.js`, `.mjs`) may export as its default. Options of a command win over it. */
export interface KinshipConfig {
  /** The graph, as `defineGraph` returns it. */
  readonly graph?: object
  /** The store, or the file or URL of a database. */
  readonly db?: Store | string
  /** Options of the REST API that `kinship serve` has. */
  readonly rest?: Omit<RestOptions, 'db'>
}

const names = ['ts', 'mts', 'js', 'mjs'].map((ending) => `kinship.config.${ending}`)

/** The configuration of a folder; an empty one where there is none. */
export async function loadConfig(cwd: string): Promise<KinshipConfig> {
  const name = names.find((each) => existsSync(join(cwd, each)))
  if (name === undefined) return {}
  const module = await importFile(join(cwd, name), name)
  const config = module['default']
  if (typeof config === 'object' && config !== null) return config
  return fail('KIN_INVALID_ARGUMENT', {
    message: `${name} has no default export that is an object.`,
    path: name,
    hint: 'Write `export default { graph, db: "shop.db" }`.',
  })
}

/** The graph that a module exports as `graph`, or as its default. */
export async function loadGraph(path: string, cwd: string): Promise<Graph> {
  const file = resolve(cwd, path)
  if (!existsSync(file))
    fail('KIN_INVALID_ARGUMENT', { message: `There is no file ${file}.`, path: '--graph' })
  const module = await importFile(file, '--graph')
  return asGraph(module['graph'] ?? module['default'], `${path} exports no graph.`, '--graph')
}

export function asGraph(value: unknown, message: string, path: string): Graph {
  if (typeof value === 'object' && value !== null && 'models' in value && 'associations' in value) {
    return value as Graph
  }
  return fail('KIN_INVALID_ARGUMENT', {
    message,
    path,
    hint: 'Write `export const graph = defineGraph({ … })`.',
  })
}

async function importFile(file: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw cause
    return fail('KIN_INVALID_ARGUMENT', {
      message: `This Node.js (${process.version}) cannot import TypeScript: ${file}.`,
      path,
      hint: "Use Node.js 22.18 or newer, or install tsx and set NODE_OPTIONS='--import tsx'.",
      cause,
    })
  }
}
