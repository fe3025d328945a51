// The document is complete when a client generated from it compiles and works.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start } from '../../examples/api/main.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ENOUGH_MS = 120_000

/** What somebody writes who has nothing but the generated client. */
const program = `
import {
  addCustomerWishlist, createCategory, createProduct, defaults, deleteCustomer, deleteProduct, getCustomer, listCustomerWishlist,
  listProduct, planCustomerDelete, removeCustomerWishlist, restoreCustomer, updateProduct,
} from './client.js'

const [, , address = ''] = process.argv
defaults.baseUrl = address
const ada = '5ca1ab1e0000000000000001'

function must<T extends { status: number }, S extends T['status']>(answer: T, status: S): Extract<T, { status: S }> {
  if (answer.status !== status) throw new Error(JSON.stringify(answer))
  return answer as Extract<T, { status: S }>
}

const category = must(await createCategory({ name: 'Generated' }), 201).data
if (Array.isArray(category)) throw new Error('one was created')
const product = must(
  await createProduct({ title: 'Client', price: '1.50', stock: 3, category: category.id, tags: [] }), 201).data
if (Array.isArray(product)) throw new Error('one was created')

const changed = must(await updateProduct(product.id, { stock: 4 }), 200).data
const stock: number = changed.stock
const found = must(await listProduct({ title: { $like: 'Cl%' }, embed: 'category', sort: '-price', limit: 5 }), 200).data
const total: number | null = found.items.total
const added = must(await addCustomerWishlist(ada, [{ childId: product.id, since: '2026-01-01T00:00:00.000Z' }]), 200).data
const wishes = must(await listCustomerWishlist(ada, { select: 'title' }), 200).data
const removed = must(await removeCustomerWishlist(ada, [product.id]), 200).data
const plan = must(await planCustomerDelete(ada), 200).data
must(await deleteCustomer(ada), 200)
const gone = must(await getCustomer(ada), 404).data
must(await restoreCustomer(ada), 200)
const back = must(await getCustomer(ada), 200).data
must(await deleteProduct(product.id), 200)

console.log(JSON.stringify({
  stock,
  total,
  title: found.docs[0]?.title,
  added: added.added.length,
  wishes: wishes.docs.map((wish) => [wish.title, wish.$link?.since]),
  removed: removed.removed.length,
  softDeleted: plan.softDeleted,
  gone: gone.code,
  back: back.name,
}))
`

let app: FastifyInstance
let folder: string

beforeAll(async () => {
  app = await start(0)
  mkdirSync(join(root, '.cache'), { recursive: true })
  folder = mkdtempSync(join(root, '.cache', 'client-'))
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await app.close()
})

const run = (script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, script), ...args], { cwd: folder, encoding: 'utf8' })

/** Runs while this process answers its requests. */
function meanwhile(script: string, ...args: readonly string[]): Promise<{ out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...args], { cwd: folder })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject)
    child.on('close', () => resolve({ out, err }))
  })
}

test(
  'a client generated from the document compiles under strict, and works',
  { timeout: ENOUGH_MS },
  async () => {
    const { payload } = await app.inject('/openapi.json')
    writeFileSync(join(folder, 'openapi.json'), payload)
    const compilerOptions = {
      strict: true,
      target: 'es2023',
      module: 'nodenext',
      types: ['node'],
      noEmit: true,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'program.ts'), program)

    const generated = run('node_modules/oazapfts/dist/cli.js', 'openapi.json', 'client.ts')
    expect(`${generated.stderr}${generated.status}`).toBe('0')
    expect(run('node_modules/typescript/bin/tsc', '-p', '.').stdout).toBe('')

    const { port } = app.server.address() as AddressInfo
    const { out, err } = await meanwhile(
      'node_modules/tsx/dist/cli.mjs',
      'program.ts',
      `http://localhost:${port}`,
    )
    expect(err).toBe('')
    expect(JSON.parse(out)).toEqual({
      stock: 4,
      total: 1,
      title: 'Client',
      added: 1,
      wishes: [['Client', '2026-01-01T00:00:00.000Z']],
      removed: 1,
      softDeleted: { customer: 1, review: 1 },
      gone: 'KIN_NOT_FOUND',
      back: 'Ada Lovelace',
    })
  },
)
