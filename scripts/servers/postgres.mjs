import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.mjs'
import { installPackages, run } from './run.mjs'
import { startServer } from './start-server.mjs'

const INSTALLED = '/usr/lib/postgresql'
const OLDEST = 15

/**
 * Starts a PostgreSQL of its own: on loopback, as an unprivileged user, in a temporary directory that goes with it. Its
 * default collation is a human one (ICU, en-US), so that comparing by code point is not what happens anyway.
 *
 * @param {{ port?: number, directory?: string }} [options] `directory`: where its data is, or is to be; it is left there
 */
export async function startPostgres({ port, directory: kept } = {}) {
  const bin = binaries()
  const uid = unprivileged()
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'kinship-postgres-'))
  const data = join(directory, 'data')
  if (!existsSync(data)) makeData(bin, directory, data, uid)
  const chosen = port ?? (await freePort())
  const url = `postgres://kinship@127.0.0.1:${chosen}/postgres`
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(chosen),
    unix_socket_directories: '',
    max_connections: '300',
    // A database that is thrown away need not survive a power cut.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return startServer({
    name: 'PostgreSQL',
    url,
    command: [join(bin, 'postgres'), '-D', data, ...options],
    log: join(directory, 'log'),
    answers: () => postgresVersion(url),
    signal: 'SIGINT',
    directory,
    keep: kept !== undefined,
    ...(uid !== undefined && { uid }),
  })
}

/** @param {string} bin @param {string} directory @param {string} data @param {number | undefined} uid */
function makeData(bin, directory, data, uid) {
  mkdirSync(data)
  if (uid !== undefined) for (const each of [directory, data]) chownSync(each, uid, uid)
  const locale = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US']
  const auth = ['--auth=trust', '--username=kinship', '--encoding=UTF8', '--no-sync']
  run(join(bin, 'initdb'), ['-D', data, ...auth, ...locale], uid === undefined ? {} : { uid })
}

/**
 * What a server calls itself.
 *
 * @param {string} url
 */
export async function postgresVersion(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows } = await client.query(
      `select version(), datcollate, datlocprovider, daticulocale from pg_database where datname = current_database()`,
    )
    const [{ version, datcollate, datlocprovider, daticulocale }] = rows
    return `${version}, collation ${datlocprovider === 'i' ? `${daticulocale} (ICU)` : datcollate}`
  } finally {
    await client.end()
  }
}

/** Where the newest PostgreSQL is; Debian's is installed if there is none. */
function binaries() {
  const found = newest()
  if (found) return found
  installPackages(['postgresql'])
  const installed = newest()
  if (installed) return installed
  throw new Error(`No PostgreSQL ${OLDEST} or newer in ${INSTALLED}`)
}

function newest() {
  if (!existsSync(INSTALLED)) return undefined
  const versions = readdirSync(INSTALLED)
    .map(Number)
    .filter((version) => version >= OLDEST)
  const last = versions.toSorted((left, right) => left - right).at(-1)
  const bin = last === undefined ? undefined : join(INSTALLED, String(last), 'bin')
  return bin !== undefined && existsSync(join(bin, 'initdb')) ? bin : undefined
}

/** PostgreSQL refuses to run as root; the user that Debian's package makes is there to run it. */
function unprivileged() {
  return process.getuid?.() === 0 ? Number(run('id', ['-u', 'postgres'])) : undefined
}
