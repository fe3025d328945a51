import { compileRead } from '../../../src/stores/sql/read/compile-read.js'
import { makeData } from '../common/data.js'
import { differenceIn } from '../common/difference.js'
import { testReading } from '../common/reading-tests.js'
import { shapes } from '../common/shapes.js'
import { openDatabase } from './database.js'

const worlds = [1, 2, 3, 4].flatMap((seed) => {
  const data = makeData(seed)
  return [true, false].map((exact) => {
    const { dialect, session } = openDatabase(shapes, data, exact)
    return { seed, data, session, compile: compileRead.bind(null, dialect) }
  })
})

testReading(differenceIn(() => worlds))
