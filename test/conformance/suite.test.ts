import { AssertionError } from 'node:assert/strict'
import { expect, test } from 'vitest'
import { type ConformanceTarget, conformanceSuite } from 'kinship/testing'
import { temporaryFile, testStore } from '../helpers/sqlite.js'

/** The tests that the suite declares for a target, not run. */
function declared(target: Partial<ConformanceTarget>) {
  const tests = new Map<string, () => Promise<void>>()
  const skipped: string[] = []
  const it = Object.assign((title: string, body: () => Promise<void>) => tests.set(title, body), {
    skip: (title: string) => skipped.push(title),
  })
  const describe = (_: string, body: () => void) => body()
  conformanceSuite({ describe, it }, { name: 'mine', open: () => testStore(), ...target })
  return { tests, skipped }
}

const merges = 'R13: adding a pair that exists merges its payload'

test('titles name store, layout and rule', () => {
  const { tests } = declared({})
  expect([...tests.keys()]).toContain(`mine join: ${merges}`)
  expect([...tests.keys()]).toContain(`mine array: ${merges}`)
})

test('a skipped case says why', () => {
  const { tests, skipped } = declared({ skip: { [merges]: 'no payloads' } })
  expect(tests.has(`mine join: ${merges}`)).toBe(false)
  expect(skipped).toContain(`mine join: ${merges} (skipped: no payloads)`)
})

test('a rule is skipped in all its cases, a layout in all of its own', () => {
  const { tests, skipped } = declared({ skip: { R36: 'keeps no log', array: 'has no arrays' } })
  expect([...tests.keys()].filter((title) => /R36|mine array/.test(title))).toEqual([])
  expect(skipped.filter((title) => title.startsWith('mine array: R36'))).toHaveLength(1)
  expect([...tests.keys()].some((title) => title.startsWith('mine join'))).toBe(true)
})

test('without a pair of stores their races are skipped', () => {
  const { skipped } = declared({})
  expect(skipped.length).toBeGreaterThan(0)
  expect(skipped.every((title) => title.endsWith('(skipped: the target has no openTwo)'))).toBe(true)
})

test('a skip of something that there is not is refused', () => {
  const skip = { 'R13: adding a pear': 'misspelt' } as const
  expect(() => declared({ skip })).toThrow("no rule, layout or case is called 'R13: adding a pear'")
})

test('a store that breaks a rule fails', async () => {
  // Every case asks for a new database; this store has one file for all of them.
  const file = temporaryFile()
  const { tests } = declared({ open: () => testStore({ file }) })
  const run = tests.get('mine: R9: null is the smallest value')
  await run?.()
  await expect(run?.()).rejects.toBeInstanceOf(AssertionError)
})
