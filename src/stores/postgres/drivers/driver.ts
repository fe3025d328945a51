/** What the store asks of a driver. Every parameter and every column travels as text, whatever parsers a driver has. */

/** What a statement gave. */
export interface Answer {
  readonly rows: (string | null)[][]
  /** rows met */
  readonly affected: number
  /** what the server says it did: `SELECT`, `COMMIT` */
  readonly command: string
}

/** A statement to run. */
export interface Query {
  readonly text: string
  readonly parameters: readonly unknown[]
  /** under which it is prepared; null to prepare it for once */
  readonly name: string | null
  /** the statement that begins the transaction, to be run before this one; null where it has begun, or there is none */
  readonly begin: string | null
}

/** One connection, for as long as it is taken. */
export interface Connection {
  /** the driver's own client, as `tx.native` */
  readonly native: unknown
  query(query: Query): Promise<Answer>
  /** asks the server to give up what the connection is doing; does nothing where that cannot be asked */
  cancel(): void
  /** gives it back; `broken`: it must not be used again */
  release(broken: boolean): void
}

/** How taking a connection ended without one. */
export interface Exhausted {
  /** every connection of the pool was in use; otherwise the server did not answer */
  readonly busy: boolean
  /** words about the pool */
  readonly state: string
}

export interface Driver {
  readonly name: string
  /** the driver's own pool or database */
  readonly native: unknown
  /** takes a connection: for one read, or for a transaction */
  acquire(reading: boolean): Promise<Connection>
  /** why nobody has got a connection yet */
  exhausted(): Exhausted
  /** closes what was opened, and leaves what was passed in */
  close(): Promise<void>
}

/** What is known of a failure. */
export interface Failure {
  /** SQLSTATE; or, where no answer came, what the system says: `ECONNREFUSED` */
  readonly code: string | null
  readonly constraint: string | null
  readonly table: string | null
  /** 1-based place in the statement, in characters */
  readonly position: number | null
}

/** Reads the fields that `pg` and PGlite give their errors alike. */
export function failureOf(error: unknown): Failure {
  const read = (name: string): string | null => {
    const value: unknown = error instanceof Error ? (error as unknown as Record<string, unknown>)[name] : null
    return typeof value === 'string' ? value : null
  }
  const position = Number(read('position') ?? Number.NaN)
  return {
    code: read('code'),
    constraint: read('constraint'),
    table: read('table'),
    position: Number.isInteger(position) ? position : null,
  }
}
