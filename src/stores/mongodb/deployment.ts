import type { Db, Document } from 'mongodb'
import { KinshipError } from '../../errors/index.js'

/** What a server can do beyond what every one has that kinship runs on. Each can be switched off, for tests. */
export interface Features {
  /** `$lookup`, with a pipeline beside the keys (5.0) */
  readonly lookup: boolean
  /** `$setWindowFields` (5.0) */
  readonly windows: boolean
  /** `$sortArray` (5.2) */
  readonly sortArray: boolean
}

/** What was found out about the server that a store is connected to. */
export interface Deployment {
  readonly kind: 'replica set' | 'sharded cluster'
  /** of the server, as it says */
  readonly version: string
  /** the largest document, in bytes */
  readonly maxDocument: number
  readonly features: Features
}

/** Wire versions: 13 is MongoDB 5.0, 14 is 5.1, 15 is 5.2. */
const OLDEST_WIRE = 13
const SORT_ARRAY_WIRE = 15

/**
 * Asks the server what it is.
 *
 * @throws KIN_CAPABILITY for one without transactions, KIN_STORE_OPEN_FAILED for one older than 5.0
 */
export async function findDeployment(
  db: Db,
  switched: Partial<Features>,
  location: string,
): Promise<Deployment> {
  const hello = await db.admin().command({ hello: 1 })
  const build = await db.admin().command({ buildInfo: 1 })
  return deploymentOf(hello, build, switched, location)
}

export function deploymentOf(
  hello: Document,
  build: Document,
  switched: Partial<Features>,
  location: string,
): Deployment {
  const version = String(build['version'])
  const wire = Number(hello['maxWireVersion'] ?? 0)
  if (wire < OLDEST_WIRE) {
    throw new KinshipError('KIN_STORE_OPEN_FAILED', {
      message: `The server is MongoDB ${version}; kinship needs 5.0 or newer.`,
      hint: 'Upgrade the server.',
      details: { store: 'mongodb', location },
    })
  }
  const found: Features = { lookup: true, windows: true, sortArray: wire >= SORT_ARRAY_WIRE }
  return {
    kind: kindOf(hello) ?? refuseStandalone(),
    version,
    maxDocument: Number(hello['maxBsonObjectSize'] ?? 16 * 1024 * 1024),
    features: {
      lookup: found.lookup && switched.lookup !== false,
      windows: found.windows && switched.windows !== false,
      sortArray: found.sortArray && switched.sortArray !== false,
    },
  }
}

function kindOf(hello: Document): Deployment['kind'] | null {
  if (hello['msg'] === 'isdbgrid') return 'sharded cluster'
  return typeof hello['setName'] === 'string' ? 'replica set' : null
}

/** A write of kinship is one transaction, which a standalone server does not have (R30). */
function refuseStandalone(): never {
  throw new KinshipError('KIN_CAPABILITY', {
    message:
      'The MongoDB server is a standalone one, which has no transactions; kinship writes in transactions only.',
    hint: [
      'Make it a replica set of one node; its data stays.',
      'Start it with `mongod --replSet rs0` (or `replication: { replSetName: rs0 }` in mongod.conf),',
      'and once, in mongosh, run `rs.initiate()`.',
    ].join(' '),
    details: { store: 'mongodb', capability: 'transactions' },
  })
}
