import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileRead } from '../../../src/stores/sql/read/compile-read.js'
import { filterOf } from '../common/arbitrary.js'
import { makeData } from '../common/data.js'
import { idsBy, idsByHand, printed } from '../common/filtered.js'
import { model, shapes } from '../common/shapes.js'
import { openDatabase } from './database.js'

const worlds = [11, 12, 13].map((seed) => {
  const data = makeData(seed)
  const [now, older] = [true, false].map((exact) => {
    const { dialect, session } = openDatabase(shapes, data, exact)
    return { session, compile: compileRead.bind(null, dialect) }
  })
  return { data, readings: [now!, older!] }
})

const runs = Number(process.env['KINSHIP_PROPERTY_RUNS'] ?? 150)

describe('R2: random filters mean in SQL what they mean over plain objects', () => {
  test.each([...shapes.models.keys()])('on %s', async (of) => {
    await fc.assert(
      fc.asyncProperty(filterOf(model(of), 2).map(printed), async ({ where }) => {
        for (const { data, readings } of worlds) {
          const expected = idsByHand(data, of, where)
          for (const reading of readings) expect(await idsBy(reading, of, where)).toEqual(expected)
        }
      }),
      { numRuns: runs },
    )
  })
})
