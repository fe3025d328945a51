import { concurrencyCases } from './concurrency.js'
import type { ConformanceCase } from './conformance-case.js'
import { deletedCases } from './deleted.js'
import { embeddedCases } from './embedded-and-touch.js'
import { listCases } from './lists.js'
import { mirrorCases } from './mirrors.js'
import { orderCases } from './order-and-paging.js'
import { pairCases } from './pairs.js'
import { restoringCases } from './restoring.js'
import { statementCases } from './statements.js'
import { valueCases } from './values.js'
import { visibilityCases } from './visibility.js'

/** All cases, by group. */
export const conformanceCases: Readonly<Record<string, readonly ConformanceCase[]>> = {
  values: valueCases,
  'order and paging': orderCases,
  lists: [...listCases, ...pairCases, ...mirrorCases, ...embeddedCases],
  'deleted records': [...deletedCases, ...restoringCases],
  concurrency: concurrencyCases,
  visibility: visibilityCases,
  statements: statementCases,
}
