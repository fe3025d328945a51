import { isKinshipError, KinshipError } from '../../errors/index.js'
import { type Patience, whenFree } from './busy.js'
import { Channel } from './channel.js'
import { functions } from './dialect/functions.js'
import type { Connection, Driver } from './drivers/driver.js'
import { translate } from './errors.js'

export type Pragmas = Readonly<Record<string, string | number>>

/** Opens a connection, or takes one that is open, and sets it up: kinship's functions, and pragmas in their order. */
export async function openChannel(
  driver: Pick<Driver, 'name' | 'codeOf'>,
  location: string,
  open: () => Connection,
  pragmas: Pragmas,
  patience: Patience,
): Promise<Channel> {
  const setUp = (connection: Connection): void => {
    for (const fn of functions) connection.define(fn)
    for (const [name, value] of Object.entries(pragmas)) connection.execute(`pragma ${name} = ${value}`)
    // SQLite opens a file when it first reads it.
    connection.prepare('select 1 from sqlite_master limit 1').first([])
  }
  const connection = translated(driver, location, open)
  await whenFree(() => translated(driver, location, () => setUp(connection)), patience)
  return new Channel(driver, connection)
}

function translated<T>(driver: Pick<Driver, 'name' | 'codeOf'>, location: string, act: () => T): T {
  try {
    return act()
  } catch (cause) {
    const error = translate(cause, { driver, connection: null, models: [], statement: null })
    if (isKinshipError(error, 'KIN_STORE_BUSY')) throw error
    throw new KinshipError('KIN_STORE_OPEN_FAILED', {
      message: `The SQLite database "${location}" could not be opened. ${error.message}`,
      hint: error.hint,
      details: { store: 'sqlite', location },
      cause,
    })
  }
}
