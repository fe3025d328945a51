import { connect, defineGraph, isKinshipError, k } from 'kinship'
import { describe, expect, test } from 'vitest'
import { testStore } from '../helpers/sqlite.js'

const user = k.model({ name: k.string() })
const graph = defineGraph({ user })

describe('connect', () => {
  const refusal = async (...args: unknown[]) => {
    const error: unknown = await (connect as (...args: unknown[]) => Promise<unknown>)(...args).catch(
      (caught: unknown) => caught,
    )
    if (!isKinshipError(error)) throw error
    return { code: error.code, path: error.path, message: error.message, hint: error.hint }
  }

  test('what is no graph is refused, with what it should be', async () => {
    expect(await refusal({ user }, testStore())).toEqual({
      code: 'KIN_INVALID_ARGUMENT',
      path: 'graph',
      message: 'Expected a graph as `graph`, received an object.',
      hint: 'Pass what `defineGraph` returns: connect(graph, sqlite(…)).',
    })
  })

  test('what is no store is refused, with what it should be', async () => {
    const expected = {
      code: 'KIN_INVALID_ARGUMENT',
      path: 'store',
      message: 'Expected a store as `store`, received a string.',
      hint: "Pass a store, such as sqlite('app.db') of kinship/sqlite.",
    }
    expect(await refusal(graph, 'app.db')).toEqual(expected)
    expect(await refusal(graph)).toMatchObject({
      message: 'Expected a store as `store`, received undefined.',
    })
  })
})
