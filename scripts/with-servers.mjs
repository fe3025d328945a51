// Runs a command beside a PostgreSQL and a MongoDB server that are started for it and stopped after it:
//   node scripts/with-servers.mjs npx vitest run test/races
// Without a command the servers run until Ctrl-C. A server of your own is used instead where its variable is set:
//   KINSHIP_PG_URL=postgres://… KINSHIP_MONGODB_URL=mongodb://…
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mongodbVersion, startMongodb } from './servers/mongodb.mjs'
import { postgresVersion, startPostgres } from './servers/postgres.mjs'

/** @type {import('./servers/start-server.mjs').Server[]} */
const started = []
/** @type {string[]} */
const names = []

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
const interrupted = Promise.race(signals.map((signal) => once(process, signal)))

/** @param {string} variable @param {() => Promise<import('./servers/start-server.mjs').Server>} start */
async function urlOf(variable, start) {
  const given = process.env[variable]
  if (given) return given
  const server = await start()
  started.push(server)
  names.push(variable)
  return server.url
}

/** @param {string[]} command @param {Record<string, string>} env */
async function runCommand([command = '', ...args], env) {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  // `once` rejects with the child's `error`, which is what a command that there is not ends in.
  const ended = once(child, 'exit').then(([code]) => code ?? 1)
  const stopped = interrupted.then(() => {
    child.kill('SIGTERM')
    return ended
  })
  return Promise.race([ended, stopped])
}

async function main() {
  const postgres = await urlOf('KINSHIP_PG_URL', startPostgres)
  const mongodb = await urlOf('KINSHIP_MONGODB_URL', startMongodb)
  const { hello, buildInfo } = await mongodbVersion(mongodb)
  console.log(`KINSHIP_PG_URL=${postgres}\n  ${await postgresVersion(postgres)}`)
  console.log(`KINSHIP_MONGODB_URL=${mongodb}`)
  console.log(`  hello ${JSON.stringify(hello)}\n  buildInfo ${JSON.stringify(buildInfo)}`)

  const command = process.argv.slice(2)
  if (command.length > 0) {
    return runCommand(command, {
      KINSHIP_PG_URL: postgres,
      KINSHIP_MONGODB_URL: mongodb,
      // Those that may be started once more, to be stopped by a test.
      KINSHIP_STARTED: names.join(),
    })
  }
  console.log('Ctrl-C stops them.')
  const alive = setInterval(() => {}, 2 ** 30)
  await interrupted
  clearInterval(alive)
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  for (const server of started) await server.stop()
}
