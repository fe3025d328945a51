import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { capabilitiesOf } from '../../../src/stores/mongodb/capabilities.js'
import { deploymentOf } from '../../../src/stores/mongodb/deployment.js'
import { readOptions } from '../../../src/stores/mongodb/options.js'

const replicaSet = { setName: 'rs0', maxWireVersion: 21, maxBsonObjectSize: 16_777_216 }
const build = { version: '7.0.2' }
const of = (hello: object, switched = {}) => deploymentOf(hello, build, switched, 'localhost')
const target = readOptions('mongodb://localhost')

describe('what a server is', () => {
  test('by what it announces', () => {
    expect(of(replicaSet).kind).toBe('replica set')
    expect(of({ msg: 'isdbgrid', maxWireVersion: 21 }).kind).toBe('sharded cluster')
    expect(of({ ...replicaSet, maxBsonObjectSize: 100 }).maxDocument).toBe(100)
  })

  test('R30: one without transactions is refused, with the words that make a replica set of it', () => {
    const { setName: _, ...standalone } = replicaSet
    expect(() => of(standalone)).toThrow(
      expect.toSatisfy(
        (error) =>
          isKinshipError(error, 'KIN_CAPABILITY') &&
          error.details.capability === 'transactions' &&
          /--replSet rs0.*rs\.initiate\(\)/.test(error.hint ?? ''),
      ),
    )
  })

  test('one that is older than 5.0 is refused', () => {
    const old = () =>
      deploymentOf({ ...replicaSet, maxWireVersion: 9 }, { version: '4.4.1' }, {}, 'localhost')
    expect(old).toThrow(expect.toSatisfy((error) => isKinshipError(error, 'KIN_STORE_OPEN_FAILED')))
  })

  test('features come with versions and can be switched off, which the description says', () => {
    const { features } = of({ ...replicaSet, maxWireVersion: 13 })
    expect(features).toEqual({ lookup: true, windows: true, sortArray: false })
    const less = of(replicaSet, { lookup: false })
    expect(less.features).toEqual({ lookup: false, windows: true, sortArray: true })
    const { description, strategies } = capabilitiesOf(less, target)
    expect(description).toBe('MongoDB 7.0.2, replica set, with $setWindowFields, $sortArray, without $lookup')
    expect(strategies).toEqual(['batch'])
  })

  test('R25: the largest closure can be set', () => {
    expect(capabilitiesOf(of(replicaSet), target).maxClosure).toBe(50_000)
    const larger = readOptions({ url: 'mongodb://localhost', maxClosure: 9 })
    expect(capabilitiesOf(of(replicaSet), larger).maxClosure).toBe(9)
  })
})
