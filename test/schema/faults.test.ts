import { describe, expect, it } from 'vitest'
import { isKinshipError } from '../../src/errors/index.js'
import { faultCodes } from '../../src/schema/checks/fault.js'
import { type Case, fieldNamed, user } from './faults/case.js'
import { endsCases } from './faults/ends.js'
import { keysCases } from './faults/keys.js'
import { layoutsCases } from './faults/layouts.js'
import { membersCases } from './faults/members.js'
import { optionsCases } from './faults/options.js'
import { throughCases } from './faults/through.js'
import { tiesCases } from './faults/ties.js'
import { defineGraph, k } from './loose.js'

const cases: readonly Case[] = [
  ...membersCases,
  ...optionsCases,
  ...endsCases,
  ...layoutsCases,
  ...tiesCases,
  ...throughCases,
  ...keysCases,
]

const named = ([code, title, place, models, message = /./]: Case) => ({ code, title, place, models, message })

function faultsOf(models: Record<string, unknown>) {
  try {
    defineGraph(models)
  } catch (error) {
    if (isKinshipError(error, 'KIN_GRAPH_FAULTS')) return error.details.faults
    throw error
  }
  return []
}

describe('graph check', () => {
  it.each(cases.map(named))('$code: $title', ({ code, place, models, message }) => {
    const faults = faultsOf(models)
    const at = ({ model, field: path }: (typeof faults)[number]) =>
      path === null ? model : `${model}.${path}`
    expect(faults.map((fault) => `${fault.code} at ${at(fault)}`)).toContain(`${code} at ${place}`)
    const found = faults.filter((fault) => fault.code === code && at(fault) === place)
    expect(found).toHaveLength(1)
    expect(found[0]?.message).toMatch(message)
    expect(found[0]?.fix).toMatch(/\.$/)
    // A fault is told once: nothing else is reported for the same place.
    expect(faults.filter((fault) => at(fault) === place).map((fault) => fault.code)).toEqual([code])
  })

  it('has a case for every kind of fault', () => {
    expect(new Set(cases.map(([code]) => code))).toEqual(new Set(faultCodes))
  })

  it('reports every fault at once, each with model, field and fix', () => {
    const models = {
      user: k.model({ name: k.enum([]) }, { tabel: 'users' }),
      post: k.model({ author: k.one('usr', { onDelete: 'sotf' }), tags: k.array(k.string().unique()) }),
    }
    const faults = faultsOf(models)
    expect(faults.map(({ code, model, field: path }) => [code, model, path])).toEqual([
      ['bad-parameter', 'user', 'name'],
      ['misplaced-modifier', 'post', 'tags'],
      ['unknown-option', 'user', null],
      ['bad-option', 'post', 'author'],
      ['unknown-target', 'post', 'author'],
    ])
    expect(() => defineGraph(models)).toThrow(
      /The graph has 5 faults:\n- user\.name: .*\n.*\n.*\n.*\n- post\.author: /,
    )
  })
})

describe('what is no fault', () => {
  it('R17: a weak tie on a required reference inside an array, which loses its element', () => {
    const items = k.array(k.object({ by: k.one('user', { onDelete: 'weak' }) }))
    expect(faultsOf({ user, post: k.model({ items }) })).toEqual([])
  })

  it('a cycle with an optional reference in it', () => {
    expect(faultsOf({ a: k.model({ b: k.one('b') }), b: k.model({ a: k.one('a').optional() }) })).toEqual([])
  })

  it('names inside embedded data that are taken at the top level', () => {
    expect(
      faultsOf(fieldNamed('meta', k.object({ id: k.string(), version: k.string() }), { version: true })),
    ).toEqual([])
  })

  it('inverses of one name on different models', () => {
    const by = (target: string) => k.one(target, { inverse: 'comments' }).optional()
    expect(faultsOf({ user, page: user, comment: k.model({ by: by('user'), on: by('page') }) })).toEqual([])
  })
})
