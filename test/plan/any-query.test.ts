import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKinshipError } from '../../src/errors/index.js'
import { id, library } from './graphs.js'
import { parse } from './support.js'

/** Words that mean something somewhere, so that random queries are often nearly right. */
const words = [
  'where',
  'populate',
  'count',
  'select',
  'omit',
  'reveal',
  'orderBy',
  'limit',
  'offset',
  'deleted',
  'strategy',
  'after',
  'id',
  'title',
  'pages',
  'meta',
  'notes',
  'origin',
  'city',
  'country',
  'chapters',
  'by',
  'readers',
  'author',
  'name',
  'tags',
  'lists',
  'rank',
  'info',
  '$link',
  '$and',
  '$or',
  '$not',
  '$eq',
  '$ne',
  '$in',
  '$nin',
  '$gt',
  '$like',
  '$exists',
  '$some',
  '$every',
  '$none',
  '$size',
  '$contains',
  '__proto__',
  'constructor',
  '',
  '\u0003',
  'title\u0003',
]

const value = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    'a',
    'asc',
    'desc',
    'only',
    'join',
    id(1),
    new Date(0),
  ),
  fc.constantFrom(NaN, 5n, new Uint8Array([1]), 'a\0', '\ud800', Symbol.iterator, new Map()),
)

const { query } = fc.letrec((tie) => ({
  query: fc.oneof(
    { maxDepth: 7, depthSize: 'large' },
    value,
    fc.dictionary(fc.constantFrom(...words), tie('query'), { maxKeys: 4 }),
    fc.array(tie('query'), { maxLength: 3 }),
    fc.array(value, { maxLength: 3 }),
  ),
}))

/** Queries that are mostly right, with small differences in what decides the plan. */
const { filter } = fc.letrec<{ filter: Record<string, unknown> }>((tie) => ({
  filter: fc.record(
    {
      title: fc.constantFrom('a', 'b', undefined, { $ne: 'a' }, { $like: 'a%' }, { $in: ['a'] }),
      pages: fc.constantFrom(1, 2, null, { $gt: 1 }, { $in: [1, null] }, { $nin: [1] }, { $exists: true }),
      meta: fc.constantFrom(null, 1, { a: 1 }, [], { $ne: {} }, { $not: { b: [] } }, { $exists: false }),
      author: fc.constantFrom(null, id(1), {}, { name: 'a' }, { $ne: id(1) }, { $not: { name: 'b' } }),
      $or: fc.array(tie('filter'), { maxLength: 2 }),
      $not: tie('filter'),
    },
    { requiredKeys: [] },
  ),
}))

const options = fc.record(
  {
    where: filter,
    limit: fc.nat(3),
    populate: fc.constantFrom({ author: true }, { author: {} }, { author: { where: { name: 'a' } } }),
  },
  { requiredKeys: [] },
)

/** The plan a query gets, as text without its values; null where it is refused. */
function planText(given: unknown): { readonly key: string; readonly text: string } | null {
  try {
    const { key, node, strategy } = parse(library, 'book', given)
    const named = JSON.stringify({ node, strategy }, (name, held: unknown) => {
      if (name === 'model' || name === 'edge' || name === 'field') return (held as { name: unknown }).name
      if (name === 'fields' || name === 'link') return (held as { name: string }[]).map((field) => field.name)
      return held
    })
    return { key, text: named }
  } catch (error) {
    if (!isKinshipError(error) || error.code === 'KIN_INTERNAL') throw error
    return null
  }
}

describe('any query', () => {
  it('is understood or refused with a typed error', () => {
    fc.assert(
      fc.property(fc.oneof(options, query), (given) => {
        planText(given)
      }),
      { numRuns: 3000 },
    )
  })

  it('R36: has the key of no other plan', () => {
    const plans = new Map<string, string>()
    let met = 0
    fc.assert(
      fc.property(fc.oneof({ arbitrary: options, weight: 3 }, query), (given) => {
        const plan = planText(given)
        if (!plan) return
        const known = plans.get(plan.key)
        if (known !== undefined) met++
        expect(plan.text).toBe(known ?? plan.text)
        plans.set(plan.key, plan.text)
      }),
      { numRuns: 3000 },
    )
    expect(plans.size).toBeGreaterThan(50)
    expect(met).toBeGreaterThan(50)
  })
})
