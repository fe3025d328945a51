import { it } from 'vitest'
import type { GraphDescription } from '../../src/testing/oracle/index.js'
import { checkScript } from '../../src/testing/property/check-script.js'
import { recordCalls, type Recorder } from './record-calls.js'
import { mongodbStore, pgliteStore, postgresStore } from '../helpers/stores.js'
import { everyLayout, everyMirror, variantsOn } from './variants.js'

/** Stores behind a connection, as far as they are there. */
const elsewhere = [pgliteStore, postgresStore, mongodbStore].filter(({ missing }) => missing === null)

/** A test that some calls have the same answers, and leave the same behind, everywhere. */
export function found<const Models extends GraphDescription['models']>(
  title: string,
  models: Models,
  body: (db: Recorder<Models>) => void,
): void {
  it.each([title])('%s', async () => {
    await checkScript({ description: { models }, calls: recordCalls(models, body) }, [
      ...everyLayout,
      ...everyMirror,
      ...elsewhere.flatMap(variantsOn),
    ])
  })
}
