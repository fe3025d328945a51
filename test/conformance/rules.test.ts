import { expect, test } from 'vitest'
import { conformanceCases } from '../../src/testing/conformance/conformance-cases.js'
import type { Rule } from '../../src/testing/conformance/conformance-case.js'

const RULES = 37
const rules = Array.from({ length: RULES }, (_, at): Rule => `R${at + 1}`)
const cases = Object.values(conformanceCases).flat()

test.each(rules)('%s is cited by a case', (rule) => {
  expect(cases.some((each) => each.rule === rule)).toBe(true)
})

test('cases cite rules that there are', () => {
  expect(cases.filter(({ rule }) => !rules.includes(rule))).toEqual([])
})

test('no two cases have the same title', () => {
  const titles = cases.map(({ rule, title }) => `${rule}: ${title}`)
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
})
