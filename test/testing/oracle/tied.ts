import type { FieldDescription, Oracle } from '../../../src/testing/oracle/index.js'
import { named, oracleOf } from './fixture.js'

export type Before = 'live' | 'hidden'
/** What became of a record: `live`, `hidden` or `gone`; and the reference that it still shows. */
export function stateOf(oracle: Oracle, model: string, id: string, field?: string): string {
  const record = oracle.model(model).findById(id, { deleted: 'include' })
  const state = record === null ? 'gone' : record['deletedAt'] ? 'hidden' : 'live'
  return field === undefined || record === null ? state : `${state} ${JSON.stringify(record[field])}`
}

/** A holder of a target, the holder live or soft-deleted before the target is deleted. */
export function pairOf(field: FieldDescription, before: Before, value: unknown = 't'): Oracle {
  const oracle = oracleOf({
    target: named({}, { softDelete: true }),
    holder: named({ ref: field }, { softDelete: true }),
  })
  oracle.model('target').create({ id: 't' })
  oracle.model('holder').create({ id: 'h', ref: value })
  if (before === 'hidden') oracle.model('holder').delete('h')
  return oracle
}
