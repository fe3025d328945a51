import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start } from '../../examples/api/main.js'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const lines = [...readme.matchAll(/^curl .*$/gm)].map(([line]) => line)

let app: FastifyInstance
let port: number

beforeAll(async () => {
  app = await start(0)
  port = (app.server.address() as AddressInfo).port
})

afterAll(() => app.close())

interface Pasted {
  readonly docs?: readonly Record<string, unknown>[]
  readonly [member: string]: unknown
}

/** A line of the README as it is, but for the port. */
function pasted(line: string): Promise<Pasted> {
  const command = line.replaceAll('localhost:3000', `localhost:${port}`)
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', `${command} --silent --fail-with-body`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out) as Pasted)
      else reject(new Error(`${line} ended with ${code}: ${out}`))
    })
  })
}

test('the README has five lines to paste, and curl is here to run them', () => {
  expect(lines).toHaveLength(5)
  expect(spawnSync('curl', ['--version']).status).toBe(0)
})

test('they work when pasted, one after the other', async () => {
  const answers: Pasted[] = []
  for (const line of lines) answers.push(await pasted(line))
  const [products, customer, wish, plan, deleted] = answers
  expect(products?.docs).toHaveLength(3)
  expect(products?.docs?.[0]).toMatchObject({
    category: { name: expect.any(String) },
    tags: expect.any(Array),
  })
  expect(customer).toMatchObject({
    name: 'Ada Lovelace',
    orders: [{ number: 1 }],
    reviews: [{ product: { title: 'Copper kettle' } }],
  })
  expect(customer).not.toHaveProperty('password')
  expect(wish).toMatchObject({ added: ['5ca1ab1e0000000000000002'] })
  expect(plan).toMatchObject({ softDeleted: { customer: 1, review: 1 } })
  expect(deleted).toMatchObject({ softDeleted: { customer: 1, review: 1 } })
})
