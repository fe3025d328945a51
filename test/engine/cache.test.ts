import { expect, it } from 'vitest'
import { Cache } from '../../src/engine/cache.js'

it('keeps what is used, and lets go of what is not', () => {
  const cache = new Cache<number>(10)
  cache.set('kept', 1)
  for (let n = 0; n < 200; n++) {
    cache.set(`once ${n}`, n)
    expect(cache.get('kept')).toBe(1)
  }
  expect(cache.get('once 0')).toBeUndefined()
  expect(cache.get('once 199')).toBe(199)
  const left = Array.from({ length: 200 }, (_, n) => cache.get(`once ${n}`)).filter((n) => n !== undefined)
  expect(left.length).toBeLessThanOrEqual(20)
})

it('makes what is missing, once', () => {
  const cache = new Cache<object>()
  const made = cache.take('a', () => ({}))
  expect(cache.take('a', () => ({}))).toBe(made)
})
