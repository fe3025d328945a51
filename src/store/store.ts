/** The contract between the engine and a database. Differences are declared capabilities, never branches on a name. */
import type { Graph } from '../schema/graph.js'
import type { DatabaseDescription } from './description.js'
import type { CompiledRead, ReadRequest, Session, Strategy } from './read.js'
import type {
  CompiledInsert,
  CompiledLink,
  CompiledWrite,
  InsertRequest,
  LinkRequest,
  WriteRequest,
} from './write.js'

export interface Capabilities {
  /** strategies the store can compile, best first by its own experience */
  readonly strategies: readonly Strategy[]
  /** `join` is best where one record is read, and comes after `batch` where many are; false or left out: always as listed */
  readonly joinsForOne?: boolean
  /** legal layouts */
  readonly layouts: readonly ('reference' | 'array' | 'mirror' | 'join')[]
  /** aggregates lose exactness for these field kinds (R4), so nodes that show them are not aggregated */
  readonly inexactInAggregates: readonly string[]
  /** isolation levels `transaction` takes; the first is the default */
  readonly isolation: readonly string[]
  /** the largest closure one transaction can carry out (R25), in records */
  readonly maxClosure: number
  /** the database assigns integer ids */
  readonly assignsIntegerIds: boolean
  /**
   * a transaction sees what others commit while it runs, and can lock records against that (`lock: 'change'`); otherwise what
   * it has read is as it was when it commits, or it fails with a conflict
   */
  readonly locksRecords?: boolean
  readonly readOnly: boolean
  /** words for explain: driver, version */
  readonly description: string
}

export interface TransactionOptions {
  readonly isolation?: string
  /** milliseconds until the transaction is rolled back with KIN_TRANSACTION_TIMEOUT */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

export interface SyncOptions {
  /** report, change nothing */
  readonly dryRun?: boolean
  /** apply what can be applied although something cannot */
  readonly partial?: boolean
}

export interface SyncReport {
  /** tables, indexes and columns that were (or would be) made: `table user`, `index post_author`, `column post.title` */
  readonly created: readonly string[]
  readonly statements: readonly string[]
  /** what sync can't add to what exists, or would have to drop */
  readonly problems: readonly {
    readonly table: string
    readonly what: string
    readonly reason: string
    readonly fix: string
  }[]
}

export interface LogEntry {
  readonly kind: 'read' | 'write' | 'schema' | 'begin' | 'commit' | 'rollback'
  readonly statement: string
  readonly parameters: readonly unknown[]
  readonly milliseconds: number
  /** rows returned or met */
  readonly rows: number
}

/** A database, opened once. Several graphs may be bound to it. */
export interface Store {
  /** what goes in front of test titles: `sqlite`, `postgres` */
  readonly name: string
  /** opens the database on first use; later calls share it */
  bind(graph: Graph, options: { log: ((entry: LogEntry) => void) | null }): Promise<BoundStore>
  /** Optional: what is in the database already, for stores that have tables. Nothing is changed. */
  describe?(): Promise<DatabaseDescription>
  close(): Promise<void>
}

export interface BoundStore {
  readonly capabilities: Capabilities
  compileRead(request: ReadRequest): CompiledRead
  compileWrite(request: WriteRequest): CompiledWrite
  compileDelete(request: Omit<WriteRequest, 'changes'>): CompiledWrite
  compileInsert(request: InsertRequest): CompiledInsert
  /**
   * Optional: inserts pairs without looking first. It locks the records as targets of new references, where the store has
   * such locks (R30). Without it the engine looks for the pairs and the records before it inserts.
   */
  compileLink?(request: LinkRequest): CompiledLink
  /**
   * Optional: gives many records values of their own, in one statement for many; the first of the fields is the id. Without it
   * the engine writes those that get the same values.
   *
   * @returns a run counts the records that were met
   */
  compileUpdateEach?(request: InsertRequest): CompiledLink
  /** the session for reads outside a transaction; waits where the store must queue */
  reader(signal?: AbortSignal): Session | Promise<Session>
  /** runs `body` in one transaction: commit when it resolves, rollback when it rejects */
  transaction<T>(options: TransactionOptions, body: (session: Session) => Promise<T>): Promise<T>
  sync(options: SyncOptions): Promise<SyncReport>
  /**
   * Optional: makes what is missing of the tables of another graph, as part of a transaction. Large closures of deletes are written
   * down in such a table; without it they are in memory, up to `maxClosure`.
   */
  addTables?(session: Session, graph: Graph): Promise<void>
  close(): Promise<void>
}
