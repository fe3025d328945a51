import { MongoClient } from 'mongodb'
import { isKinshipError, KinshipError } from '../../errors/index.js'
import { bindGraph } from './bound-store.js'
import type { Database } from './database.js'
import { findDeployment } from './deployment.js'
import type { Target } from './options.js'
import { Work } from './work.js'

export async function openDatabase(target: Target): Promise<Database> {
  const { from } = target
  const owned = 'url' in from
  const client = owned ? newClient(from.url, from.clientOptions) : from
  try {
    await client.connect()
    const db = client.db(target.database)
    const deployment = await findDeployment(db, target.features, locationOf(client))
    const work = new Work()
    const database: Database = {
      work,
      client,
      db,
      deployment,
      target,
      bind: (graph, options) => bindGraph({ database, graph, options }),
      close: async () => {
        await work.end()
        if (owned) await client.close()
      },
    }
    return database
  } catch (error) {
    if (owned) await client.close()
    if (isKinshipError(error)) throw error
    throw openFailed(locationOf(client), error)
  }
}

/** How long the driver looks for a server, in milliseconds; its own default is half a minute. */
const PATIENCE = 5_000

function newClient(url: string, options: ConstructorParameters<typeof MongoClient>[1]): MongoClient {
  const said = /[?&]serverSelectionTimeoutMS=/i.test(url)
  try {
    return new MongoClient(url, said ? options : { serverSelectionTimeoutMS: PATIENCE, ...options })
  } catch (error) {
    throw openFailed(withoutCredentials(url), error)
  }
}

function openFailed(location: string, cause: unknown): KinshipError {
  return new KinshipError('KIN_STORE_OPEN_FAILED', {
    message: `MongoDB at ${location} could not be opened${cause instanceof Error ? ` (${cause.name})` : ''}.`,
    hint: 'See that the server runs there and that the URL is right; the driver says more in the `cause`.',
    details: { store: 'mongodb', location },
    cause,
  })
}

function locationOf({ options }: MongoClient): string {
  return options.srvHost ?? options.hosts.map(String).join(',')
}

const withoutCredentials = (url: string): string => url.replace(/\/\/[^/@]*@/, '//')
