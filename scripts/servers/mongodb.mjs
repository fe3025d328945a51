import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { freePort } from './free-port.mjs'
import { installPackages, run } from './run.mjs'
import { startServer } from './start-server.mjs'

const VERSION = '0.7.0b3'
const cache = fileURLToPath(new URL('../../.cache', import.meta.url))

/**
 * Starts a SecantusDB, which speaks MongoDB's wire protocol, on loopback; its data goes with it.
 *
 * @param {object} [options]
 * @param {number} [options.port]
 * @param {boolean} [options.standalone] it announces no replica set
 * @param {string} [options.directory] where its data is, or is to be; it is left there. Otherwise it is in memory
 */
export async function startMongodb({ port, standalone = false, directory: kept } = {}) {
  const python = installed()
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'kinship-mongodb-'))
  const chosen = port ?? (await freePort())
  const url = `mongodb://127.0.0.1:${chosen}/?directConnection=true`
  const storage = kept === undefined ? ':memory:' : join(directory, 'data')
  const place = ['--host', '127.0.0.1', '--port', String(chosen), '--storage-path', storage]
  return startServer({
    name: 'SecantusDB',
    url,
    command: [python, '-m', 'secantus', ...place, ...(standalone ? ['--standalone'] : [])],
    log: join(directory, 'log'),
    answers: () => mongodbVersion(url),
    signal: 'SIGTERM',
    directory,
    keep: kept !== undefined,
  })
}

/**
 * What a server says about itself.
 *
 * @param {string} url
 */
export async function mongodbVersion(url) {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 2_000, connectTimeoutMS: 2_000 })
  try {
    await client.connect()
    const admin = client.db('admin')
    const [hello, buildInfo] = [await admin.command({ hello: 1 }), await admin.command({ buildInfo: 1 })]
    return { hello, buildInfo }
  } finally {
    await client.close()
  }
}

/** The python that has it; a virtual environment is made once, in `.cache`. */
function installed() {
  const home = join(cache, `secantus-${VERSION}`)
  const python = join(home, 'bin/python')
  if (existsSync(python)) return python
  mkdirSync(cache, { recursive: true })
  // Made elsewhere and moved when it is complete, so that two that do this at once do not meet.
  const making = mkdtempSync(join(cache, 'secantus-'))
  try {
    makeEnvironment(making)
    console.log(`pip install SecantusDB==${VERSION}`)
    const quietly = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:']
    run(join(making, 'bin/python'), ['-m', 'pip', 'install', ...quietly, `SecantusDB==${VERSION}`])
    try {
      renameSync(making, home)
    } catch (error) {
      if (!existsSync(python)) throw error
    }
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  return python
}

/** @param {string} directory */
function makeEnvironment(directory) {
  try {
    run('python3', ['-m', 'venv', directory])
  } catch (error) {
    // Debian has the module in a package of its own.
    if (!existsSync('/etc/debian_version')) throw error
    installPackages(['python3-venv'])
    run('python3', ['-m', 'venv', '--clear', directory])
  }
}
