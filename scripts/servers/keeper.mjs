// Runs a server as long as the process that started this one lives, and not longer: its end closes our standard input,
// however it came about. Its directory goes with the server, unless it is kept.
// Usage: node keeper.mjs <signal that stops it> <uid or -> <directory or -> <command> [argument...]
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const PATIENCE = 10_000

const [signal, user = '-', directory = '', command = '', ...args] = process.argv.slice(2)
const uid = user === '-' ? undefined : Number(user)
const server = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  ...(uid !== undefined && { uid, gid: uid }),
})

server.once('error', (error) => end(1, error))
server.once('exit', (code) => end(code ?? 1))

let stopping = false
const stop = () => {
  if (stopping) return
  stopping = true
  server.kill(/** @type {NodeJS.Signals} */ (signal))
  setTimeout(() => server.kill('SIGKILL'), PATIENCE).unref()
}
process.stdin.once('end', stop).once('error', stop).resume()
for (const each of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(each, stop)

/** @param {number} code @param {Error} [error] */
function end(code, error) {
  if (error) console.error(error.message)
  if (directory !== '-') rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  process.exit(code)
}
