/** The cells of the matrix that are refused at declaration, each with its reason. */
import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/index.js'
import { defineGraph, k } from '../../schema/loose.js'
import type { Loose } from './database.js'

const faultsOf = (held: Loose, options: Record<string, unknown> = { softDelete: true }): string[] => {
  try {
    defineGraph({ target: k.model({}), holder: k.model({ held }, options) })
    return []
  } catch (error) {
    if (isKinshipError(error, 'KIN_GRAPH_FAULTS')) return error.details.faults.map(({ code }) => code)
    throw error
  }
}

describe('illegal ties', () => {
  test.each([
    ['a strong list', k.many('target', { onDelete: 'strong' }), 'illegal-tie'],
    ['a soft list', k.many('target', { onDelete: 'soft' }), 'illegal-tie'],
    ['a strong list with an inverse', k.many('target', { inverse: 'h', onDelete: 'strong' }), 'illegal-tie'],
    ['a weak tie of a required reference', k.one('target', { onDelete: 'weak' }), 'weak-required'],
    ['a weak tie of a required one-one', k.one('target', { onDelete: 'weak' }).unique(), 'weak-required'],
    [
      'a weak tie of a required reference in an object',
      k.object({ one: k.one('target', { onDelete: 'weak' }) }),
      'weak-required',
    ],
    ['onHolderDelete of a many-one', k.one('target', { onHolderDelete: 'strong' }), 'illegal-tie'],
    [
      'onHolderDelete soft onto a model without softDelete',
      k.one('target', { onHolderDelete: 'soft' }).unique(),
      'soft-without-soft-delete',
    ],
  ] as const)('%s', (_what, field, code) => {
    expect(faultsOf(field)).toEqual([code])
  })

  test('a soft tie of a model without softDelete', () => {
    expect(faultsOf(k.one('target', { onDelete: 'soft' }), {})).toEqual(['soft-without-soft-delete'])
  })

  test('inside of arrays a required reference may have a weak tie: its element goes', () => {
    expect(faultsOf(k.array(k.object({ one: k.one('target', { onDelete: 'weak' }) })))).toEqual([])
    expect(faultsOf(k.array(k.one('target', { onDelete: 'weak' })))).toEqual([])
  })
})
