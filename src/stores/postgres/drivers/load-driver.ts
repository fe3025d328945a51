import { KinshipError } from '../../../errors/index.js'
import type { OpenDatabase, Target } from '../options.js'
import type { Driver } from './driver.js'
import { pgDriver, type PgModule, type PgPool } from './pg.js'
import { pgliteDriver, type PGliteDatabase, type PGliteModule } from './pglite.js'

const packages = { pg: 'pg', pglite: '@electric-sql/pglite' } as const

/** Opens what the target names, or takes what is open. Nothing is sent yet, but PGlite is started. */
export async function loadDriver({ database, driver, url, directory, pool }: Target): Promise<Driver> {
  if (database !== null) return adopt(database)
  const module = typeof driver === 'string' ? await imported(driver) : driver
  if ('PGlite' in module) {
    const opened = await module.PGlite.create(directory === null ? {} : { dataDir: directory })
    return pgliteDriver(opened, true)
  }
  return pgDriver(new module.Pool({ ...(url !== null && { connectionString: url }), ...pool }), true)
}

/** A pool counts its connections; a PGlite has none to count. */
function adopt(database: OpenDatabase): Driver {
  return 'totalCount' in database
    ? pgDriver(database satisfies PgPool, false)
    : pgliteDriver(database satisfies PGliteDatabase, false)
}

async function imported(name: keyof typeof packages): Promise<PgModule | PGliteModule> {
  try {
    if (name === 'pglite') return await import('@electric-sql/pglite')
    const { default: module } = await import('pg')
    return module
  } catch (cause) {
    throw new KinshipError('KIN_DRIVER_MISSING', {
      message: `${packages[name]} is not installed.`,
      hint: `Run \`npm install ${packages[name]}\`.`,
      details: { store: 'postgres', drivers: Object.values(packages) },
      cause,
    })
  }
}
