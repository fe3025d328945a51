// Sends schema-driven random requests to every endpoint of the demo's API, with Schemathesis in a virtual environment of its
// own: no 5xx, no undocumented status, no answer that breaks its schema. Twice: with random ids, and with ids that exist.
//
//   npm run fuzz [requests for each endpoint and run]
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from '../examples/api/main.js'
import { graph } from '../examples/demo/graph.js'

const SCHEMATHESIS = '4.32.5'
const LEAST = 2000

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, '.cache', 'fuzz')
const python = join(folder, 'venv', 'bin')
const [, , each = '10'] = process.argv

/**
 * What is looked at of an OpenAPI document.
 * @typedef {object} Document
 * @property {Record<string, Record<string, unknown>>} paths
 * @property {{ schemas: Record<string, { properties?: Record<string, unknown> }> }} components
 */

/**
 * Runs a command to its end, and gives its exit code.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number | null>}
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', reject)
    child.on('close', resolve)
  })
}

async function install() {
  mkdirSync(folder, { recursive: true })
  const done = join(folder, `schemathesis-${SCHEMATHESIS}`)
  if (existsSync(done)) return
  const made = await run('python3', ['-m', 'venv', 'venv'])
  const installed =
    made === 0 && (await run(join(python, 'pip'), ['install', '--quiet', `schemathesis==${SCHEMATHESIS}`]))
  if (installed !== 0) throw new Error('Schemathesis could not be installed: it takes python3 with venv')
  writeFileSync(done, '')
}

/** The last segments of a path that follow an owner's id, and are no names of ends. */
const PLAIN = new Set(['delete-plan', 'restore'])

/**
 * Ids for the parts of paths that name records: others for each endpoint, because some delete what they are given.
 * @param {string} address
 * @param {Record<string, Record<string, unknown>>} paths
 */
async function configuration(address, paths) {
  const ids = new Map()
  for (const { name } of graph.models.values()) {
    const { docs } = /** @type {{ docs: { id: string }[] }} */ (
      await (await fetch(`${address}/${name}?$limit=100&$select=id`)).json()
    )
    ids.set(
      name,
      docs.map(({ id }) => id),
    )
  }
  let turn = 0
  /** @param {string | undefined} model */
  const idOf = (model) => {
    const known = ids.get(model) ?? []
    return JSON.stringify(known[turn % known.length])
  }
  const operations = Object.entries(paths).flatMap(([path, methods]) => {
    const [, model = '', , end = ''] = path.split('/')
    const target = PLAIN.has(end) ? undefined : graph.models.get(model)?.ends.get(end)?.to.name
    return Object.keys(methods).flatMap((method) => {
      turn += 7
      const parameters = [
        ...(path.includes('{id}') ? [`"path.id" = ${idOf(model)}`] : []),
        ...(path.includes('{ownerId}') ? [`"path.ownerId" = ${idOf(model)}`] : []),
        ...(path.includes('{childId}') ? [`"path.childId" = ${idOf(target)}`] : []),
      ]
      if (parameters.length === 0) return []
      const name = JSON.stringify(`${method.toUpperCase()} ${path}`)
      return `[[operations]]\ninclude-name = ${name}\nparameters = { ${parameters.join(', ')} }\n`
    })
  })
  return operations.join('\n')
}

/**
 * How many requests a run sent, by its report.
 * @param {string} report
 */
function requestsOf(report) {
  const events = readFileSync(report, 'utf8').trim().split('\n')
  return events.reduce((sum, line) => {
    const { ScenarioFinished } = JSON.parse(line)
    return sum + Object.keys(ScenarioFinished?.recorder?.interactions ?? {}).length
  }, 0)
}

/**
 * The document with data nested one level deep: data may be nested in itself without end, and a generator that follows that
 * comes to none.
 * @param {Document} document
 */
function cutNesting(document) {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (!name.endsWith('Nested')) continue
    for (const [member, value] of Object.entries(schema.properties ?? {})) {
      if (JSON.stringify(value).includes('Nested"')) delete schema.properties?.[member]
    }
  }
}

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
]

await install()
const app = await start(0)
try {
  const address = app.listeningOrigin
  /** @type {Document} */
  const document = JSON.parse(await (await fetch(`${address}/openapi.json`)).text())
  cutNesting(document)
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document))
  const { paths } = document
  const endpoints = Object.values(paths).flatMap((path) => Object.keys(path)).length
  writeFileSync(join(folder, 'random.toml'), '')
  writeFileSync(join(folder, 'known.toml'), await configuration(address, paths))
  let requests = 0
  let failed = false
  for (const name of ['random', 'known']) {
    const report = join(folder, `${name}.ndjson`)
    rmSync(report, { force: true })
    const options = [
      `--config-file ${name}.toml run openapi.json --url ${address} --checks ${checks.join(',')}`,
      `--phases fuzzing --max-examples ${each} --seed 1 --continue-on-failure --no-shrink --warnings off`,
      `--suppress-health-check all --report ndjson --report-ndjson-path ${name}.ndjson`,
    ]
    const code = await run(join(python, 'st'), options.join(' ').split(' '))
    failed ||= code !== 0
    requests += requestsOf(report)
  }
  console.log(`${requests} requests to ${endpoints} endpoints`)
  if (failed || requests < LEAST) process.exitCode = 1
} finally {
  await app.close()
}
