import { beforeAll, describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { blog } from '../fixtures/graphs.js'
import { type Any, type Api, serve } from './support.js'

let api: Api<typeof blog>
let document: Any

beforeAll(async () => {
  api = await serve(blog, { docs: { title: 'Blog', version: '2.0.0' } })
  document = (await api.send('GET /openapi.json')).body
})

const operations = (): [name: string, operation: Any][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Any).map(([method, operation]): [string, Any] => [
      `${method} ${path}`,
      operation,
    ]),
  )

/** Everything in the document that refers to something. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' ? [String(inner)] : references(inner),
  )
}

describe('the document', () => {
  test('is OpenAPI 3.1 of this API', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Blog', version: '2.0.0' } })
    expect(document.tags.map((tag: Any) => tag.name)).toEqual([...blog.models.keys()])
  })

  test('gives every operation a name of its own, a summary, and what it answers', () => {
    const ids = operations().map(([, operation]) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const poor: string[] = []
    for (const [name, operation] of operations()) {
      if (typeof operation.summary !== 'string') poor.push(name)
      for (const status of ['400', '500', '503'])
        if (!operation.responses[status]) poor.push(`${name} ${status}`)
      for (const [status, response] of Object.entries<Any>(operation.responses)) {
        const type = Number(status) < 300 ? 'application/json' : 'application/problem+json'
        const isTold = status === '304' || response.content[type].schema
        if (!isTold || !response.description) poor.push(`${name} ${status}`)
      }
    }
    expect(poor).toEqual([])
  })

  test('refers only to what is there', () => {
    const missing = references(document).filter(
      (reference) => !document.components.schemas[reference.replace('#/components/schemas/', '')],
    )
    expect(missing).toEqual([])
    expect(references(document).length).toBeGreaterThan(100)
  })

  test('never tells of hidden fields but where they can be written', () => {
    const { schemas } = document.components
    expect(schemas.userCreate.properties.password).toMatchObject({ writeOnly: true })
    expect(Object.keys(schemas.user.properties)).not.toContain('password')
    expect(Object.keys(schemas.userView.properties)).not.toContain('password')
    expect(JSON.stringify(document.paths['/user'].get.parameters)).not.toContain('password')
  })

  test('has filters as deep objects', () => {
    const { parameters } = document.paths['/user'].get
    const age = parameters.find((parameter: Any) => parameter.name === 'age')
    expect(age).toMatchObject({ in: 'query', style: 'deepObject', explode: true })
    expect(Object.keys(age.schema.properties)).toContain('$gte')
    expect(age.schema).not.toHaveProperty('style')
  })

  test('can be browsed without the network', async () => {
    const page = await api.send('GET /docs')
    expect(page.status).toBe(200)
    const addresses = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')
    expect(addresses.length).toBeGreaterThan(3)
    for (const address of addresses) {
      expect(address).toMatch(/^\/docs\//)
      expect(await api.send(`GET ${address}`)).toMatchObject({ status: 200 })
    }
    expect((await api.send('GET /docs/json')).body.openapi).toBe('3.1.0')
  })

  test('keeps names apart, whatever models are called', async () => {
    const graph = defineGraph({
      user: k.model({ profile: k.one('userProfile').unique().optional() }),
      userProfile: k.model({ bio: k.string() }),
      userView: k.model({ at: k.date() }),
      problem: k.model({ text: k.string() }),
    })
    const own = (await (await serve(graph, { docs: {} })).send('GET /openapi.json')).body
    const ids = Object.values<Any>(own.paths).flatMap((methods) =>
      Object.values<Any>(methods).map((operation) => operation.operationId),
    )
    expect(ids).toEqual(expect.arrayContaining(['getUserProfile', 'getUserProfile2']))
    expect(new Set(ids).size).toBe(ids.length)
    expect(own.components.schemas.problem.required).toContain('code')
    expect(own.components.schemas.problem_2.properties).toHaveProperty('text')
    expect(Object.keys(own.components.schemas.userView_2.properties)).toContain('at')
  })
})
