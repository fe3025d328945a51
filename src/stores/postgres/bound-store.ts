import { fail } from '../../errors/index.js'
import type { Graph } from '../../schema/graph.js'
import type { BindOptions } from '../../store/create-store.js'
import type { BoundStore, Capabilities, TransactionOptions } from '../../store/store.js'
import { compilerFor } from '../sql/compiler.js'
import { tableModels } from '../sql/schema/desired-tables.js'
import { postgresDialect } from './dialect.js'
import { Executor } from './executor.js'
import type { Database } from './open.js'
import { ReaderSession } from './reader-session.js'
import { sync, syncInside } from './sync.js'
import type { TransactionSession } from './transaction-session.js'
import { isolationLevels, runTransaction } from './transaction.js'

/** What a graph is bound to. */
interface Binding extends BindOptions {
  readonly database: Database
  readonly graph: Graph
}

/** A graph on an open database. */
export function bindGraph({ database, graph, log, close }: Binding): BoundStore {
  const { connections, names, schema } = database
  const dialect = postgresDialect(schema)
  const executor = new Executor(connections, names, tableModels(graph), log)
  const unhurried = new ReaderSession(executor)

  return {
    capabilities: capabilitiesOf(database),
    ...compilerFor(dialect),
    reader: (signal) => (signal === undefined ? unhurried : new ReaderSession(executor, signal)),
    async transaction(options, body) {
      checkIsolation(options)
      return runTransaction(executor, options, body)
    },
    sync: (options) => sync({ executor, graph, dialect, schema }, options),
    async addTables(session, added) {
      await syncInside(session as TransactionSession, { graph: added, dialect, schema }, {})
    },
    close,
  }
}

function capabilitiesOf({ connections, version }: Database): Capabilities {
  return {
    strategies: ['join', 'batch', 'aggregate'],
    layouts: ['reference', 'array', 'join'],
    inexactInAggregates: [],
    isolation: isolationLevels,
    maxClosure: Number.MAX_SAFE_INTEGER,
    assignsIntegerIds: true,
    locksRecords: true,
    readOnly: false,
    description: `PostgreSQL ${version} through ${connections.driver.name}`,
  }
}

function checkIsolation({ isolation: asked = isolationLevels[0] }: TransactionOptions): void {
  if (isolationLevels.some((level) => level === asked)) return
  fail('KIN_CAPABILITY', {
    message: `PostgreSQL has no isolation level "${asked}".`,
    hint: `It has: ${isolationLevels.join(', ')}; the first is the default.`,
    details: { store: 'postgres', capability: `isolation ${asked}` },
  })
}
