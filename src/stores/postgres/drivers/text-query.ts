import type { Answer, Query } from './driver.js'

/** The part of a connection of `pg` that a query of one's own is written to; `pg-cursor` uses the same. */
interface PgConnection {
  readonly stream: { cork?(): void; uncork?(): void }
  readonly parsedStatements: Readonly<Record<string, string | undefined>>
  parse(message: { text: string; name?: string | null }): void
  bind(message: {
    statement?: string | null
    values?: readonly unknown[]
    valueMapper?: (value: unknown) => unknown
  }): void
  execute(message: { portal?: string }): void
  sync(): void
}

/** One of the two is null. */
type Callback = (error: Error | null, answer: Answer | null) => void

/**
 * A query of `pg` (a "submittable") whose columns stay texts. The server is not asked for their types, which the statement's
 * compiler knows; and what begins a transaction is sent ahead of its first statement, before one and the same `sync`: where it fails,
 * the server skips the statement.
 */
export class TextQuery {
  /** `pg` keeps the statement under this name as prepared when the server has parsed it. */
  name: string | null = null
  readonly text: string
  /** where the driver has a time limit of its own, it puts another one in its place */
  callback: Callback
  readonly #query: Query
  readonly #rows: Answer['rows'] = []
  #begun: boolean
  #tag = ''

  constructor(query: Query, callback: Callback) {
    this.callback = callback
    this.#query = query
    this.text = query.text
    this.#begun = query.begin === null
    if (this.#begun) this.name = query.name
  }

  submit(connection: PgConnection): null {
    const { text, name, parameters, begin } = this.#query
    connection.stream.cork?.()
    try {
      if (begin !== null) send(connection, begin, null, [])
      send(connection, text, name, parameters)
      connection.sync()
    } finally {
      connection.stream.uncork?.()
    }
    return null
  }

  handleRowDescription(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}

  handleDataRow({ fields }: { readonly fields: (string | null)[] }): void {
    this.#rows.push(fields)
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    if (this.#begun) this.#tag = text
    else {
      this.#begun = true
      this.name = this.#query.name
    }
  }

  handleError(error: Error): void {
    this.callback(error, null)
  }

  handleReadyForQuery(): void {
    // `INSERT 0 3`, `UPDATE 3`, `COMMIT`
    const [command = '', ...numbers] = this.#tag.split(' ')
    this.callback(null, { rows: this.#rows, affected: Number(numbers.at(-1) ?? 0), command })
  }
}

function send(connection: PgConnection, text: string, name: string | null, values: readonly unknown[]): void {
  if (name === null || connection.parsedStatements[name] === undefined) connection.parse({ text, name })
  connection.bind({ statement: name, values, valueMapper })
  connection.execute({})
}

function valueMapper(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : (value ?? null)
}
