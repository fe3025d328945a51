import { describe, expect, it } from 'vitest'
import { cursorNormaliser, fingerprintOf, readCursor, toCursor, writeCursor } from '../../src/plan/cursor.js'
import { afterKeyset, hasCursor, reversed, valueTerms } from '../../src/plan/keyset.js'
import { library } from './graphs.js'
import { errorOf, modelOf, parse, print } from './support.js'

/** The condition for what comes after a record with these values, in this order. */
function after(orderBy: unknown, values: readonly unknown[], backwards = false): string {
  const { node } = parse(library, 'book', { orderBy })
  const terms = valueTerms(backwards ? reversed(node.order) : node.order)
  const bounds = values.map((value, slot) => (value === null ? null : { slot }))
  return print(afterKeyset(terms, bounds), values)
}

describe('R11: what comes after a place', () => {
  it('by id alone', () => {
    expect(after({ id: 'asc' }, ['x'])).toBe('id gt "x"')
    expect(after({ id: 'desc' }, ['x'])).toBe('id lt "x"')
    expect(after({ id: 'asc' }, ['x'], true)).toBe('id lt "x"')
  })

  it('by several terms, in mixed directions', () => {
    expect(after({ title: 'asc' }, ['t', 'x'])).toBe(
      'all(title gte "t", any(title gt "t", all(title eq "t", id gt "x")))',
    )
    expect(after([{ title: 'desc' }, { id: 'asc' }], ['t', 'x'])).toBe(
      'all(title lte "t", any(title lt "t", all(title eq "t", id gt "x")))',
    )
  })

  it('R9: null is the smallest value', () => {
    expect(after({ pages: 'asc' }, [null, 'x'])).toBe('any(not pages null, all(pages null, id gt "x"))')
    expect(after({ pages: 'desc' }, [5, 'x'])).toBe('any(pages lt 5, pages null, all(pages eq 5, id gt "x"))')
    expect(after({ pages: 'desc' }, [null, 'x'])).toBe('all(pages null, id gt "x")')
  })

  it('R9: through a to-one end, where a hidden target counts as null', () => {
    const live = 'deletedAt null'
    expect(after({ author: { name: 'asc' } }, ['n', 'x'])).toBe(
      `any(author{${live} | name gt "n"}, all(author{${live} | name eq "n"}, id gt "x"))`,
    )
    expect(after({ author: { name: 'desc' } }, ['n', 'x'])).toBe(
      `any(author{${live} | name lt "n"}, not author{${live} | not name null}, ` +
        `all(author{${live} | name eq "n"}, id gt "x"))`,
    )
    expect(after({ author: { name: 'asc' } }, [null, 'x'])).toBe(
      `any(author{${live} | not name null}, all(not author{${live} | not name null}, id gt "x"))`,
    )
  })

  it('has no meaning in an order by $size', () => {
    const { order } = parse(library, 'book', { orderBy: { tags: { $size: 'asc' } } }).node
    expect(hasCursor(order)).toBe(false)
    expect(errorOf(() => valueTerms(order))).toMatchObject({
      code: 'KIN_INVALID_QUERY',
      message: 'An order by $size has no cursor.',
    })
  })
})

describe('R11: cursors', () => {
  const place = { direction: 'before', values: ['a', null, 3] } as const

  it('come back as they were written', () => {
    expect(readCursor(writeCursor(place, 'print'), 'print')).toEqual(place)
    expect(writeCursor(place, 'print')).toMatch(/^[\w-]+$/)
  })

  it('belong to one query', () => {
    const error = errorOf(() => readCursor(writeCursor(place, 'print'), 'other'))
    expect(error.code).toBe('KIN_INVALID_CURSOR')
    expect(error.details).toEqual({ reason: 'other-query' })
  })

  it.each([
    '',
    'x',
    5,
    null,
    '!!',
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('are refused when malformed: %j', (text) => {
    expect(errorOf(() => readCursor(text, 'print')).details).toEqual({ reason: 'malformed' })
  })

  it('tell queries apart by their values', () => {
    const values = [1n, new Date(0), new Uint8Array([1]), ['a']]
    expect(fingerprintOf('k', values)).toBe(fingerprintOf('k', [...values]))
    expect(fingerprintOf('k', values)).not.toBe(fingerprintOf('k', [2n, ...values.slice(1)]))
    expect(fingerprintOf('k', values)).not.toBe(fingerprintOf('l', values))
  })

  it('hold typed values', () => {
    const { fields } = modelOf(library, 'book')
    const through = (name: string, value: unknown): unknown => {
      const field = fields.get(name)
      if (!field) throw new Error(name)
      return cursorNormaliser(field)(JSON.parse(JSON.stringify(toCursor(value))))
    }
    expect(through('printed', new Date(1234))).toEqual(new Date(1234))
    expect(through('copies', 2n ** 60n)).toBe(2n ** 60n)
    expect(through('price', '1.50')).toBe('1.50')
    expect(through('lent', true)).toBe(true)
    expect(errorOf(() => through('pages', 'x')).code).toBe('KIN_INVALID_CURSOR')
    expect(errorOf(() => through('copies', 'x')).code).toBe('KIN_INVALID_CURSOR')
  })
})
