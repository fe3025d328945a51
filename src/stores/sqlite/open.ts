/** Opening a database: its connections, and what is found out about it. */
import { realpathSync } from 'node:fs'
import { KinshipError } from '../../errors/index.js'
import type { Channel } from './channel.js'
import { adopt } from './drivers/adopt.js'
import { loadDriver } from './drivers/load-driver.js'
import { openChannel, type Pragmas } from './open-channel.js'
import type { AdoptTarget, FileTarget, Target } from './options.js'
import { restsInWal } from './rests-in-wal.js'
import { joinQueue, WriterQueue } from './writer-queue.js'

/** A database that is open. */
export interface Database {
  readonly writer: Channel
  /** for reads outside of transactions; the writer itself where there is only one connection */
  readonly reader: Channel
  readonly queue: WriterQueue
  readonly readOnly: boolean
  /** of SQLite */
  readonly version: string
  /** SQLite takes numbers out of JSON as they are (3.53 and newer) */
  readonly exact: boolean
  close(): void
}

const defaults: Pragmas = {
  journal_mode: 'wal',
  synchronous: 'normal',
  foreign_keys: 'on',
  cache_size: -64_000,
}

/** Versions of SQLite. The oldest one knows order inside of aggregates. */
const OLDEST = 44
const EXACT = 53

export async function openDatabase(target: Target): Promise<Database> {
  if (target.database !== null) return adoptDatabase(target)
  const driver = await loadDriver(target.driver)
  const { file } = target
  const pragmas = { ...defaults, ...target.pragmas }
  const open = (readOnly: boolean, its: Pragmas): Promise<Channel> =>
    openChannel(driver, file, () => driver.open(file, readOnly), its, { limit: target.busyTimeout })

  if (file === ':memory:') return opened({ writer: await open(false, pragmas) })

  const { journal_mode: _, ...kept } = pragmas
  const reading = { ...kept, query_only: 'on' }
  if (target.readOnly) return opened({ writer: await openReadOnly(target, open, reading), readOnly: true })

  const writer = await open(false, pragmas)
  try {
    return opened({ writer, reader: await open(false, reading), file })
  } catch (error) {
    writer.close()
    throw error
  }
}

/**
 * SQLite cannot look into a file in WAL mode without the two files beside it. A connection that may write makes them and
 * takes them away when it closes; one that may not leaves them behind.
 */
function openReadOnly(
  { file }: FileTarget,
  open: (readOnly: boolean, pragmas: Pragmas) => Promise<Channel>,
  pragmas: Pragmas,
): Promise<Channel> {
  return open(!restsInWal(file), pragmas)
}

/** The owner keeps the connection's settings, but for those that kinship's promises rest on. */
async function adoptDatabase({ database, busyTimeout }: AdoptTarget): Promise<Database> {
  const { driver, connection, file, readOnly } = adopt(database)
  const pragmas = { foreign_keys: 'on', busy_timeout: 0 }
  const location = file ?? ':memory:'
  const patience = { limit: busyTimeout }
  const writer = await openChannel(driver, location, () => connection, pragmas, patience)
  return opened({ writer, file, readOnly, adopted: true })
}

function opened(parts: {
  readonly writer: Channel
  readonly reader?: Channel
  readonly file?: string | null
  readonly readOnly?: boolean
  readonly adopted?: boolean
}): Database {
  const { writer, reader = writer, file = null, readOnly = false, adopted = false } = parts
  const version = String(writer.connection.prepare('select sqlite_version()').first([])?.[0])
  const minor = Number(version.split('.')[1])
  if (minor < OLDEST) {
    throw new KinshipError('KIN_STORE_OPEN_FAILED', {
      message: `The driver brings SQLite ${version}; kinship needs 3.${OLDEST} or newer.`,
      hint: 'Use a newer version of the driver.',
      details: { store: 'sqlite', location: file ?? ':memory:' },
    })
  }
  const shared = file === null ? null : joinQueue(realpathSync(file))
  return {
    writer,
    reader,
    queue: shared?.queue ?? new WriterQueue(),
    readOnly,
    version,
    exact: minor >= EXACT,
    close() {
      shared?.leave()
      for (const channel of new Set([reader, writer])) {
        if (adopted) channel.leave()
        else channel.close()
      }
    },
  }
}
