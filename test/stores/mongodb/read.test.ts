import { beforeAll } from 'vitest'
import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { makeData } from '../common/data.js'
import { differenceIn, type World } from '../common/difference.js'
import { testReading } from '../common/reading-tests.js'
import { shapes } from '../common/shapes.js'
import { openWorld } from './worlds.js'

const worlds: World[] = []

describeOn(mongodbServer(), 'on MongoDB', () => {
  beforeAll(async () => {
    for (const seed of [1, 2]) worlds.push(await openWorld(shapes, seed, makeData(seed)))
  })

  testReading(differenceIn(() => worlds))
})
