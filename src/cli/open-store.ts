import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fail } from '../errors/index.js'
import type { Store } from '../store/store.js'

interface Opening {
  readonly readOnly: boolean
  /** a file that is missing is made */
  readonly make: boolean
  /** of PostgreSQL: where the tables are */
  readonly schema?: string | undefined
  /** relative paths start here */
  readonly cwd: string
}

/** The store that a file name or URL names; its driver is loaded only now. */
export async function openStore(target: string, { readOnly, make, cwd, schema }: Opening): Promise<Store> {
  const [, scheme = ''] = /^([a-z][a-z\d+.-]+):\/\//i.exec(target) ?? []
  switch (scheme.toLowerCase()) {
    case '':
      return openFile(target, { readOnly, make, cwd })
    case 'postgres':
    case 'postgresql': {
      const { postgres } = await import('../stores/postgres/index.js')
      return postgres({ url: target, ...(schema !== undefined && { schema }) })
    }
    case 'mongodb':
    case 'mongodb+srv': {
      const { mongodb } = await import('../stores/mongodb/index.js')
      return mongodb(target)
    }
    default:
      return fail('KIN_INVALID_ARGUMENT', {
        message: `There is no store for "${scheme}://".`,
        path: '--db',
        hint: 'Give the path of a SQLite file, or a URL that begins with postgres:// or mongodb://.',
      })
  }
}

async function openFile(target: string, { readOnly, make, cwd }: Opening): Promise<Store> {
  const file = resolve(cwd, target)
  if (!make && !(existsSync(file) && statSync(file).isFile())) {
    fail('KIN_STORE_OPEN_FAILED', {
      message: `There is no file ${file}.`,
      path: '--db',
      hint: 'Give the path of an existing SQLite file.',
      details: { store: 'sqlite', location: file },
    })
  }
  const { sqlite } = await import('../stores/sqlite/index.js')
  return sqlite({ file, readOnly })
}

/** A target as it may be shown: without the password of a URL. */
export function withoutPassword(target: string): string {
  return target.replace(/^([a-z][a-z\d+.-]+:\/\/[^/@:]*):[^@]*@/i, '$1:***@')
}
