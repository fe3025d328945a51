import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { fail } from '../../errors/index.js'
import { toSource } from '../../introspect/to-source.js'
import { chooseStore, pullFrom } from '../choose-database.js'
import { describePulled } from '../describe-pulled.js'
import { loadConfig } from '../load-config.js'
import type { Terminal } from '../terminal.js'

interface Options {
  readonly db?: string
  readonly schema?: string
  readonly out?: string
  readonly force?: boolean
}

export function pullCommand(terminal: Terminal): Command {
  return new Command('pull')
    .summary('write the graph of an existing database')
    .description(
      'Reads the tables of an existing SQL database and writes the graph that describes them, as TypeScript. ' +
        'Nothing in the database is changed.',
    )
    .option('--db <target>', 'SQLite file, or URL of PostgreSQL (default: `db` of kinship.config)')
    .option('--schema <name>', 'schema of PostgreSQL that holds the tables')
    .option('--out <path>', 'where to write the graph (default: the standard output)')
    .option('--force', 'replace the file if it exists')
    .addHelpText('after', '\nExample:\n  kinship pull --db shop.db --out src/graph.ts')
    .action((options: Options) => pull(options, terminal))
}

async function pull(
  { out, force = false, ...database }: Options,
  { out: print, err, cwd }: Terminal,
): Promise<void> {
  const path = out === undefined ? null : resolve(cwd, out)
  if (path !== null && existsSync(path) && !force) {
    fail('KIN_INVALID_ARGUMENT', {
      message: `${path} exists already.`,
      path: '--out',
      hint: 'Name another file, or add `--force` to replace it.',
    })
  }
  const { store, location } = await chooseStore({ ...database, readOnly: true }, await loadConfig(cwd), cwd)
  try {
    const pulled = await pullFrom(store, location)
    const source = toSource(pulled, location)
    if (path === null) print(source)
    else writeFileSync(path, source)
    err(describePulled(pulled, path === null ? location : `${location}, written to ${out}`))
  } finally {
    await store.close()
  }
}
