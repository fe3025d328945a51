import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Filter } from '../../../src/store/filter.js'
import { compileRead } from '../../../src/stores/sql/read/compile-read.js'
import { filterOf } from './arbitrary.js'
import { byId, node } from './build.js'
import { makeData } from './data.js'
import { openDatabase } from './database.js'
import { Naive } from './naive.js'
import { model, shapes } from './shapes.js'

const worlds = [11, 12, 13].map((seed) => {
  const data = makeData(seed)
  return { data, now: openDatabase(shapes, data), older: openDatabase(shapes, data, false) }
})

const idsBySql = async ({ dialect, session }: ReturnType<typeof openDatabase>, of: string, where: Filter) => {
  const read = compileRead(dialect, {
    node: node(of, { where, order: [byId(of)] }),
    by: null,
    link: [],
    carry: [],
    counting: false,
  })
  const { rows } = await read.run(session, [], [])
  return rows.map((row) => row['id'])
}

const idsByHand = (data: ReturnType<typeof makeData>, of: string, where: Filter) =>
  new Naive(data, []).read(node(of, { where, order: [byId(of)] })).map((row) => (row as { id: unknown }).id)

/** A filter as fast-check prints it. */
const words = (filter: Filter): string => {
  const not = 'negated' in filter && filter.negated ? 'not ' : ''
  switch (filter.is) {
    case 'all':
    case 'any':
      return `${filter.is}(${filter.of.map(words).join(', ')})`
    case 'related':
    case 'relatedCount': {
      const { edge, at, scope, where } = filter
      const size = filter.is === 'related' ? '' : ` ${filter.op} ${JSON.stringify(filter.value)}`
      return `${not}${filter.is} ${edge.path.join('.')}@${at}(${words(scope)}; ${words(where)})${size}`
    }
    default: {
      const { of, path } = filter.operand
      const op = 'op' in filter ? ` ${filter.op}` : ''
      const value = 'value' in filter ? ` ${fc.stringify(filter.value)}` : ''
      const where = 'where' in filter ? ` (${words(filter.where)})` : ''
      return `${not}${filter.is} ${of}.${path.join('.')}${op}${value}${where}`
    }
  }
}

const printed = (where: Filter) => ({ where, [fc.toStringMethod]: () => words(where) })

const runs = Number(process.env['KINSHIP_PROPERTY_RUNS'] ?? 150)

describe('R2: random filters mean in SQL what they mean over plain objects', () => {
  test.each([...shapes.models.keys()])('on %s', async (of) => {
    await fc.assert(
      fc.asyncProperty(filterOf(model(of), 2).map(printed), async ({ where }) => {
        for (const { data, now, older } of worlds) {
          const expected = idsByHand(data, of, where)
          expect(await idsBySql(now, of, where)).toEqual(expected)
          expect(await idsBySql(older, of, where)).toEqual(expected)
        }
      }),
      { numRuns: runs },
    )
  })
})
