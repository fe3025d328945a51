import { describe, expect, it } from 'vitest'
import { defineGraph as defineTyped } from '../../src/schema/define-graph.js'
import { k as typed } from '../../src/schema/k.js'
import { blog } from '../fixtures/graphs.js'
import { defineGraph, k } from './loose.js'

describe('builders', () => {
  it('are not changed by chaining, so that a declaration can be shared and refined', () => {
    const name = typed.string()
    const graph = defineTyped({
      user: typed.model({ name, nick: name.optional(), handle: name.unique().column('Handle') }),
    })
    const user = graph.models.get('user')
    expect(user?.fields.get('name')).toMatchObject({ optional: false, unique: false, column: 'name' })
    expect(user?.fields.get('nick')).toMatchObject({ optional: true, unique: false })
    expect(user?.fields.get('handle')).toMatchObject({ optional: false, unique: true, column: 'Handle' })
  })

  it('are frozen, and so are their checks', () => {
    const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } }
    const field = k.string().check(schema) as unknown as { declaration: { checks: unknown[] } }
    expect(Object.isFrozen(field)).toBe(true)
    expect(Object.isFrozen(field.declaration)).toBe(true)
    expect(() => field.declaration.checks.push(schema)).toThrow(TypeError)
  })

  it('do not see later changes of what they were given', () => {
    const shape: Record<string, unknown> = { name: k.string() }
    const values = ['a']
    const model = k.model({ ...shape, state: k.enum(values), in: k.object(shape) })
    values.push('b')
    shape['late'] = k.string()
    const fields = defineGraph({ model }).models.get('model')?.fields
    expect(fields?.get('state')?.values).toEqual(['a'])
    expect([...(fields?.get('in')?.fields?.keys() ?? [])]).toEqual(['name'])
  })

  it('serve several graphs', () => {
    const user = k.model({ name: k.string() })
    const [first, second] = [defineGraph({ user }), defineGraph({ user, other: user })]
    expect(first.models.get('user')).not.toBe(second.models.get('user'))
    expect(second.models.get('other')?.collection).toBe('other')
  })
})

describe('a compiled graph', () => {
  /** Everything reachable that is no data of the user. */
  const reachable = (value: unknown, seen = new Set<object>()): Set<object> => {
    if (typeof value !== 'object' || value === null || value instanceof Date || seen.has(value)) return seen
    seen.add(value)
    for (const member of value instanceof Map ? value.values() : Object.values(value)) reachable(member, seen)
    return seen
  }

  it('is frozen all the way down', () => {
    const parts = [...reachable(blog)]
    expect(parts.length).toBeGreaterThan(300)
    expect(parts.filter((part) => !Object.isFrozen(part))).toEqual([])
  })

  it('has maps that cannot be written to', () => {
    const { fields } = blog.models.get('user') ?? {}
    expect(() => (fields as Map<string, unknown>).delete('name')).toThrow(/frozen/)
    expect(fields?.has('name')).toBe(true)
  })

  it("leaves the user's own objects alone", () => {
    const given = { list: [1] }
    const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } }
    const hooks = { beforeCreate: () => {} }
    defineGraph({ model: k.model({ a: k.json().default(given).check(schema) }, { hooks }) })
    expect([given, given.list, schema, hooks].map((part) => Object.isFrozen(part))).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
