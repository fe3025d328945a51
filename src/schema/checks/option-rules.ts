import { layouts, ties } from '../draft.js'
import { isPlainObject } from '../values/is-plain-object.js'
import { didYouMean, words } from './fault.js'

/** What is wrong with the value of an option of this name, in a sentence; null where nothing is. */
export type Rule = (value: unknown, name: string) => string | null
export type Rules = Readonly<Record<string, Rule>>

const rule =
  (what: string, fits: (value: unknown) => boolean): Rule =>
  (value, name) =>
    fits(value) ? null : `The option "${name}" takes ${what}.`

const text = rule('a text that is not empty', (value) => typeof value === 'string' && value !== '')
const flag = rule('true or false', (value) => typeof value === 'boolean')
const shape = rule('an object of fields', isPlainObject)
const callback = rule('a function', (value) => typeof value === 'function')
const keys = rule(
  "lists of field names, such as [['street', 'number']]",
  (value) => Array.isArray(value) && value.every(isKey),
)

const isKey = (key: unknown): boolean =>
  Array.isArray(key) && key.length > 0 && key.every((name) => typeof name === 'string')

const oneOf =
  (...candidates: string[]): Rule =>
  (value, name) => {
    if (candidates.includes(value as string)) return null
    const guess = typeof value === 'string' ? didYouMean(value, candidates) : ''
    return `The option "${name}" takes one of ${words(candidates)}.${guess}`
  }

/** An object of options, each of which may be left out. */
const group =
  (rules: Rules): Rule =>
  (value, name) => {
    const known = Object.keys(rules)
    if (!isPlainObject(value)) return `The option "${name}" takes an object with ${words(known)}.`
    for (const [key, member] of Object.entries(value)) {
      const memberRule = ruleOf(rules, key)
      if (!memberRule) return `The option "${name}" has no "${key}".${didYouMean(key, known)}`
      const problem = member === undefined ? null : memberRule(member, `${name}.${key}`)
      if (problem !== null) return problem
    }
    return null
  }

/** On, off, or on with the names of its columns. */
const system = (...columns: string[]): Rule => {
  const named = group(Object.fromEntries(columns.map((column) => [column, text])))
  return (value, name) => (typeof value === 'boolean' ? null : named(value, name))
}

const hooks = ['Create', 'Update', 'Delete', 'Restore', 'Link', 'Unlink'].flatMap((event) => [
  `before${event}`,
  `after${event}`,
])

export const modelRules: Rules = {
  softDelete: system('column'),
  timestamps: system('createdAt', 'updatedAt'),
  version: system('column'),
  unique: keys,
  indexes: keys,
  hooks: group(Object.fromEntries([...hooks, 'afterCommit'].map((name) => [name, callback]))),
  table: text,
  collection: text,
  alias: text,
  description: text,
}

export const endRules: Readonly<Record<'one' | 'many', Rules>> = {
  one: {
    inverse: text,
    onDelete: oneOf(...ties),
    onHolderDelete: oneOf('strong', 'soft'),
    layout: oneOf(...layouts),
  },
  many: {
    inverse: text,
    onDelete: oneOf(...ties),
    layout: oneOf(...layouts),
    payload: shape,
    through: text,
    symmetric: flag,
    ordered: flag,
    table: text,
    columns: group({ holder: text, target: text, position: text }),
  },
}

export const ruleOf = (rules: Rules, name: string): Rule | undefined =>
  Object.hasOwn(rules, name) ? rules[name] : undefined
