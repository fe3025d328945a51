import { fail } from '../../../errors/index.js'
import type { Carry, CompiledRead, ReadRequest, ReadResult } from '../../../store/read.js'
import { TRUE } from '../condition.js'
import type { Dialect } from '../dialect.js'
import { type Fragment, render } from '../fragment.js'
import { table } from '../from.js'
import { binder } from '../parameters.js'
import { after, type SqlSession } from '../session.js'
import { rowSource, type Source } from '../source.js'
import { beginStatement, type Statement } from '../statement.js'
import { countField } from '../virtual-field.js'
import { readField } from './field.js'
import { travelsGathered } from './gathered.js'
import { generateHydrate } from './hydrate.js'
import { isSingle } from './is-single.js'
import { type Keyed, readKeyed } from './keyed.js'
import { readNode } from './node.js'
import { orderTerms } from './order.js'
import { page, restrict } from './restrict.js'
import { addColumn, beginSelect, countOf, decodeColumn, gatheredOf, rowsOf, type Select } from './select.js'
import type { Shape } from './shape.js'

/** What a statement reads from: its select, the node's record in it, and the parent's key. */
interface Begun {
  readonly select: Select
  readonly record: Source
  readonly link: Source | null
  readonly alias: string
  readonly key: Keyed['key']
}

const begin = (statement: Statement, request: ReadRequest, gathered: boolean): Begun => {
  const { node, by } = request
  if (by !== null) {
    const { select, connection, key } = readKeyed(statement, by, request, gathered)
    return { select, record: connection.target, link: connection.link, alias: connection.alias, key }
  }
  const alias = statement.alias()
  const record = rowSource(statement.dialect, alias, node.model.fields)
  const select = beginSelect(statement, gathered, [{ item: table(statement, node.model, alias), on: TRUE }])
  const scope = { record, link: null, element: null }
  restrict(select, node, scope)
  select.order.push(...orderTerms(select, node.order, scope, []))
  page(select, node)
  return { select, record, link: null, alias, key: [] }
}

const partsOf = (parts: readonly Shape[]): Shape | null => {
  const [only] = parts
  return parts.length > 1 ? { is: 'parts', parts } : (only ?? null)
}

const readCarried = (select: Select, { at, fields }: Carry): Shape => {
  const record = select.places.get(JSON.stringify(at))
  if (record === undefined) {
    return fail('KIN_INTERNAL', { message: `No record is joined at "${at.join('.')}" to carry a key of.` })
  }
  const parts = fields.map((field) => readField(select, record, field))
  return partsOf(parts) ?? { is: 'parts', parts }
}

const rendered = (dialect: Dialect, fragment: Fragment) => {
  const { statement, parameters } = render(fragment, (index) => dialect.placeholder(index))
  return { statement, bind: binder(parameters) }
}

const compileCount = (dialect: Dialect, request: ReadRequest): CompiledRead => {
  const { select } = begin(
    beginStatement(dialect),
    { ...request, node: { ...request.node, order: [] } },
    false,
  )
  select.order.length = 0
  const { statement, bind } = rendered(dialect, countOf(select))
  const decode = decodeColumn(select, countField)
  const result = (count: unknown): ReadResult => ({
    rows: [{ count: decode === null ? count : decode(count) }],
    keys: null,
    carried: [],
  })
  return {
    statement,
    run: (session, values, keys) =>
      after((session as SqlSession).value(statement, bind(values, keys)), result),
  }
}

/** The select with every column of the request, and the code that makes records of its rows. */
const readInto = (dialect: Dialect, request: ReadRequest, gathered: boolean) => {
  const { select, record, link, alias, key } = begin(beginStatement(dialect), request, gathered)
  const keys = key.map(({ expr, field }): Shape => {
    return { is: 'value', column: addColumn(select, expr, field), decode: decodeColumn(select, field) }
  })
  const shape = readNode(select, request.node, { record, link, shown: request.link, path: [] })
  const carried = request.carry.map((carry) => readCarried(select, carry))
  return { select, alias, hydrate: generateHydrate({ record: shape, key: partsOf(keys), carried }) }
}

const compileRows = (dialect: Dialect, request: ReadRequest): CompiledRead => {
  const { select, alias, hydrate } = readInto(dialect, request, false)
  const whole = [...rowsOf(select), dialect.lock(request.node.lock, alias)]
  const { statement, bind } = rendered(dialect, whole)
  if (isSingle(request)) {
    const found = (row: unknown[] | undefined): ReadResult => hydrate(row === undefined ? [] : [row])
    return {
      statement,
      run: (session, values, keys) =>
        after((session as SqlSession).row(statement, bind(values, keys)), found),
    }
  }
  return {
    statement,
    run: (session, values, keys) =>
      after((session as SqlSession).arrays(statement, bind(values, keys)), hydrate),
  }
}

/** A row of more characters than this travels faster by itself than as a part of one text (measured). */
const WIDE = 300
/** So many rows say something about the others; a few very long ones say as much. */
const TELLING = 16

const compileGathered = (dialect: Dialect, request: ReadRequest, tooWide: () => void): CompiledRead => {
  const { select, hydrate } = readInto(dialect, request, true)
  const whole = gatheredOf(select, 'row', (rows) => dialect.selectGathered(rows))
  const { statement, bind } = rendered(dialect, whole)
  const parse = (gathered: unknown): ReadResult => {
    const text = (gathered ?? '[]') as string
    const rows = JSON.parse(text) as unknown[][]
    if (text.length > WIDE * Math.max(rows.length, TELLING)) tooWide()
    return hydrate(rows)
  }
  return {
    statement,
    run: (session, values, keys) =>
      after((session as SqlSession).value(statement, bind(values, keys)), parse),
  }
}

/**
 * Compiles a read. The statement's text depends on the shape of the request alone, never on values (R36).
 *
 * Rows of a keyed read travel gathered to one value where that is faster; when they turn out to be wide, the
 * statement for plain rows takes over. Either gives the same records.
 */
export const compileRead = (dialect: Dialect, request: ReadRequest): CompiledRead => {
  if (request.counting) return compileCount(dialect, request)
  if (!travelsGathered(dialect, request)) return compileRows(dialect, request)
  let current = compileGathered(dialect, request, () => {
    current = compileRows(dialect, request)
  })
  return {
    get statement() {
      return current.statement
    },
    run: (session, values, keys) => current.run(session, values, keys),
  }
}
