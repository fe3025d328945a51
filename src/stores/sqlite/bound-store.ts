import { fail } from '../../errors/index.js'
import type { Graph } from '../../schema/graph.js'
import type { BoundStore, Capabilities, LogEntry, TransactionOptions } from '../../store/store.js'
import { compilerFor } from '../sql/compiler.js'
import { tableModels } from '../sql/schema/desired-tables.js'
import { sqliteDialect } from './dialect.js'
import { Executor } from './executor.js'
import type { Database } from './open.js'
import { ReaderSession } from './reader-session.js'
import { sync, syncInside } from './sync.js'
import { runTransaction } from './transaction.js'

/** What a graph is bound to. */
interface Binding {
  readonly database: Database
  readonly graph: Graph
  readonly busyTimeout: number
  readonly log: ((entry: LogEntry) => void) | null
  readonly close: () => Promise<void>
}

/** A graph on an open database. */
export function bindGraph({ database, graph, busyTimeout, log, close }: Binding): BoundStore {
  const models = tableModels(graph)
  const dialect = sqliteDialect(database.exact)
  const writer = new Executor(database.writer, models, log)
  const reader = new Executor(database.reader, models, log)
  const { queue, readOnly } = database
  const ground = { executor: writer, queue, readOnly, busyTimeout }
  const shared = database.reader === database.writer ? queue : null
  const session = (signal?: AbortSignal): ReaderSession =>
    new ReaderSession(reader, shared, { limit: busyTimeout, signal })
  const unhurried = session()

  return {
    capabilities: capabilitiesOf(database),
    ...compilerFor(dialect),
    reader: (signal) => (signal === undefined ? unhurried : session(signal)),
    async transaction(options, body) {
      checkIsolation(options)
      return runTransaction(ground, options, body)
    },
    sync: (options) => sync({ ...ground, graph, dialect }, options),
    async addTables(_session, added) {
      await syncInside({ executor: writer, graph: added, dialect }, {})
    },
    close,
  }
}

const isolation = ['serializable']

function capabilitiesOf({ exact, readOnly, version, writer }: Database): Capabilities {
  return {
    strategies: ['join', 'batch', 'aggregate'],
    layouts: ['reference', 'array', 'join'],
    inexactInAggregates: exact ? [] : ['number', 'decimal'],
    isolation,
    maxClosure: Number.MAX_SAFE_INTEGER,
    assignsIntegerIds: true,
    readOnly,
    description: `SQLite ${version} through ${writer.driver.name}`,
  }
}

function checkIsolation({ isolation: asked = 'default' }: TransactionOptions): void {
  if (asked === 'default' || isolation.includes(asked)) return
  fail('KIN_CAPABILITY', {
    message: `SQLite has no isolation level "${asked}".`,
    hint: `It has: ${isolation.join(', ')}, which is also the default.`,
    details: { store: 'sqlite', capability: `isolation ${asked}` },
  })
}
