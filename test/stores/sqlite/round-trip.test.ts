import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Filter, Operand } from '../../../src/store/filter.js'
import { always } from '../../../src/store/filter.js'
import { sqliteDialect } from '../../../src/stores/sqlite/dialect.js'
import type { SqlSession } from '../../../src/stores/sql/session.js'
import { openTestStore } from '../../helpers/sqlite.js'
import { everything, plain, thing, values } from '../common/kinds.js'
import { create, equals, fieldOf, modelOf, oid, readAll, record, remove } from '../common/raw.js'

const model = modelOf(everything, 'thing')

describe('values on their way through SQLite', () => {
  test('R4: every kind of field comes back exactly as it was stored, embedded or not', async () => {
    const store = await openTestStore(everything)
    await fc.assert(
      fc.asyncProperty(fc.array(thing, { minLength: 1, maxLength: 3 }), async (things) => {
        const rows = things.map((given, at) => ({ ...given, id: oid(at) }))
        await remove(store, model, always)
        await create(store, model, ...rows)
        const found = await readAll(store, model)
        expect(found.map(plain)).toEqual(rows.map(plain))
      }),
      { numRuns: 150 },
    )
  })

  const scalars = Object.keys(values).filter((name) => name !== 'any') as (keyof typeof values)[]
  const operands: [string, (name: string) => Operand][] = [
    ['a column', (name) => record(model, name)],
    ['a member', (name) => record(model, 'inner', name)],
  ]
  for (const [where, operand] of operands) {
    test(`R4: ${where} is compared exactly, with one value and with lists of them`, async () => {
      const store = await openTestStore(everything)
      await fc.assert(
        fc.asyncProperty(thing, thing, fc.constantFrom(...scalars), async (left, right, name) => {
          await remove(store, model, always)
          await create(store, model, { ...left, id: oid(1) }, { ...right, id: oid(2) })
          const value = (given: typeof left) => (where === 'a column' ? given[name] : given.inner[name])
          const wanted = value(left)
          const same = plain(value(right))
          const expected = JSON.stringify(same, bigints) === JSON.stringify(plain(wanted), bigints) ? 2 : 1
          const leaf = { is: 'compare', operand: operand(name), negated: false } as const
          const filters: Filter[] = [
            equals(operand(name), wanted),
            { ...leaf, op: 'in', value: { fixed: [wanted] } },
          ]
          for (const filter of filters) expect(await readAll(store, model, filter)).toHaveLength(expected)
          expect(await readAll(store, model, equals(operand(name), wanted, true))).toHaveLength(2 - expected)
        }),
        { numRuns: 300 },
      )
    })

    test(`R3, R4, R5: ${where} is ordered by value`, async () => {
      const store = await openTestStore(everything)
      const ordered = scalars.filter((name) => name !== 'bytes')
      await fc.assert(
        fc.asyncProperty(thing, thing, fc.constantFrom(...ordered), async (left, right, name) => {
          await remove(store, model, always)
          await create(store, model, { ...left, id: oid(1) }, { ...right, id: oid(2) })
          const value = (given: typeof left) => (where === 'a column' ? given[name] : given.inner[name])
          const greater: Filter = {
            is: 'compare',
            operand: operand(name),
            op: 'gt',
            value: { fixed: value(left) },
            negated: false,
          }
          const found = await readAll(store, model, greater)
          const expected = isGreater(name, value(right), value(left)) ? [oid(2)] : []
          expect(found.map(({ id }) => id)).toEqual(expected)
        }),
        { numRuns: 300 },
      )
    })
  }

  test('R6: json is equal by depth, whatever the order of its keys', async () => {
    const store = await openTestStore(everything)
    await fc.assert(
      fc.asyncProperty(thing, async (given) => {
        await remove(store, model, always)
        await create(store, model, { ...given, id: oid(1) })
        expect(await readAll(store, model, equals(record(model, 'any'), reversed(given.any)))).toHaveLength(1)
        const inner = equals(record(model, 'inner', 'any'), reversed(given.inner.any))
        expect(await readAll(store, model, inner)).toHaveLength(1)
      }),
      { numRuns: 100 },
    )
  })

  test('R6: scalar arrays contain what was put in, exactly', async () => {
    const store = await openTestStore(everything)
    const arrays = ['reals', 'bools', 'dates', 'bigs', 'prices', 'blobs'] as const
    await fc.assert(
      fc.asyncProperty(thing, fc.constantFrom(...arrays), async (given, name) => {
        await remove(store, model, always)
        await create(store, model, { ...given, id: oid(1) })
        const operand: Operand = { of: 'record', path: [name], field: fieldOf(model, [name]) }
        for (const value of given[name]) {
          const filter: Filter = { is: 'contains', operand, value: { fixed: value }, negated: false }
          expect(await readAll(store, model, filter)).toHaveLength(1)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('R4: every kind of column travels through a JSON aggregate as it is', async () => {
    const store = await openTestStore(everything)
    const { inexactInAggregates } = store.capabilities
    const dialect = sqliteDialect(inexactInAggregates.length === 0)
    const fields = [...model.fields.values()].filter(({ kind }) => !inexactInAggregates.includes(kind))
    const columns = fields.map((field) => dialect.aggregated(dialect.quote(field.column), field))
    const statement = `select json_group_array(json_array(${columns.join(', ')})) from thing`
    await fc.assert(
      fc.asyncProperty(thing, async (given) => {
        await remove(store, model, always)
        await create(store, model, { ...given, id: oid(1) })
        const session = (await store.reader()) as SqlSession
        const [row = []] = JSON.parse((await session.value(statement, [])) as string) as unknown[][]
        for (const [at, field] of fields.entries()) {
          const decode = dialect.decodeAggregated(field)
          const found = decode === null ? row[at] : decode(row[at])
          expect(plain(found)).toEqual(plain({ ...given, id: oid(1) }[field.name]))
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a column with a codec is found by its values, blobs included', async () => {
    const store = await openTestStore(everything)
    const coded = ['iso', 'cents', 'flag', 'hexed'] as const
    await fc.assert(
      fc.asyncProperty(thing, fc.constantFrom(...coded), async (given, name) => {
        await remove(store, model, always)
        await create(store, model, { ...given, id: oid(1) })
        const leaf = { is: 'compare', operand: record(model, name), negated: false } as const
        const filters: Filter[] = [
          { ...leaf, op: 'eq', value: { fixed: given[name] } },
          { ...leaf, op: 'in', value: { fixed: [given[name]] } },
        ]
        for (const filter of filters) expect(await readAll(store, model, filter)).toHaveLength(1)
      }),
      { numRuns: 100 },
    )
  })

  test('R4: −0 is stored as 0', async () => {
    const store = await openTestStore(everything)
    const [sample] = fc.sample(thing, 1)
    await create(store, model, { ...sample, id: oid(1), real: -0, reals: [-0] })
    const [found] = await readAll(store, model)
    expect(found).toMatchObject({ real: 0, reals: [0] })
  })
})

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}

/** Text by code point, decimals by value, everything else as JavaScript compares it. */
function isGreater(name: string, left: unknown, right: unknown): boolean {
  if (name === 'text' || name === 'color') {
    return Buffer.compare(Buffer.from(left as string), Buffer.from(right as string)) > 0
  }
  if (name === 'money' || name === 'precise' || name === 'units') {
    const scaled = (value: unknown) => BigInt((value as string).replace('.', ''))
    return scaled(left) > scaled(right)
  }
  return (left as number) > (right as number)
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  )
}
