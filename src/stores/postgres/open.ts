/** Opening a database, and what is found out about it. */
import { isKinshipError, KinshipError } from '../../errors/index.js'
import { Connections } from './connections.js'
import { translate } from './errors.js'
import { loadDriver } from './drivers/load-driver.js'
import type { Target } from './options.js'
import { StatementNames } from './statement-names.js'

/** A database that is open. */
export interface Database {
  readonly connections: Connections
  /** null where nothing is prepared under a name */
  readonly names: StatementNames | null
  /** the namespace of the tables; null for the first of the search path */
  readonly schema: string | null
  /** of PostgreSQL: `15.4` */
  readonly version: string
}

/** The oldest major version. */
const OLDEST = 13

export async function openDatabase(target: Target): Promise<Database> {
  const driver = await loadDriver(target)
  const connections = new Connections(driver, target.acquireTimeout)
  try {
    const version = await versionOf(connections)
    if (Number.parseInt(version, 10) < OLDEST) {
      throw openFailed(target, `It is PostgreSQL ${version}; kinship needs ${OLDEST} or newer.`, null)
    }
    const names = target.prepare ? new StatementNames() : null
    return { connections, names, schema: target.schema, version }
  } catch (cause) {
    await connections.close()
    if (isKinshipError(cause, 'KIN_STORE_OPEN_FAILED')) throw cause
    throw openFailed(target, translate(cause, { models: [], statement: null }).message, cause)
  }
}

async function versionOf(connections: Connections): Promise<string> {
  const connection = await connections.take(true)
  try {
    const { rows } = await connection.query({
      text: 'show server_version',
      parameters: [],
      name: null,
      begin: null,
    })
    return String(rows[0]?.[0]).split(' ')[0] ?? ''
  } finally {
    connection.release(false)
  }
}

function openFailed(target: Target, why: string, cause: unknown): KinshipError {
  const location = locationOf(target)
  return new KinshipError('KIN_STORE_OPEN_FAILED', {
    message: `The PostgreSQL database "${location}" could not be opened. ${why}`,
    hint: isKinshipError(cause) ? cause.hint : undefined,
    details: { store: 'postgres', location },
    cause,
  })
}

/** Where it is, without the password. */
function locationOf({ url, directory, database }: Target): string {
  if (database !== null) return 'passed in'
  if (url === null) return directory ?? 'named by the environment'
  return url.replace(/\/\/[^@/]*@/, '//')
}
