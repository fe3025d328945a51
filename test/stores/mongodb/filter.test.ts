import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { filterOf } from '../common/arbitrary.js'
import { makeData } from '../common/data.js'
import type { World } from '../common/difference.js'
import { idsBy, idsByHand, printed } from '../common/filtered.js'
import { model, shapes } from '../common/shapes.js'
import { openWorld } from './worlds.js'

const runs = Number(process.env['KINSHIP_PROPERTY_RUNS'] ?? 60)
const worlds: World[] = []

describeOn(mongodbServer(), 'on MongoDB', () => {
  beforeAll(async () => {
    for (const seed of [11, 12]) worlds.push(await openWorld(shapes, seed, makeData(seed)))
  })

  describe('R2: random filters mean what they mean over plain objects', () => {
    test.each([...shapes.models.keys()])('on %s', { timeout: 120_000 }, async (of) => {
      await fc.assert(
        fc.asyncProperty(filterOf(model(of), 2).map(printed), async ({ where }) => {
          for (const world of worlds) {
            expect(await idsBy(world, of, where)).toEqual(idsByHand(world.data, of, where))
          }
        }),
        { numRuns: runs },
      )
    })
  })
})
