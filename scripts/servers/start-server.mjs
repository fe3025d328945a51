import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/**
 * A server that was started here.
 *
 * @typedef {object} Server
 * @property {string} url
 * @property {() => Promise<void>} stop orderly; at once where the server is asked nothing more
 */

const keeper = fileURLToPath(new URL('keeper.mjs', import.meta.url))
const LIMIT = 60_000

/**
 * Starts a server and waits until it answers; it ends with this process at the latest.
 *
 * @param {object} how
 * @param {string} how.name
 * @param {string} how.url
 * @param {string[]} how.command
 * @param {string} how.log a file for what it prints
 * @param {() => Promise<unknown>} how.answers rejects as long as it does not
 * @param {'SIGINT' | 'SIGTERM'} how.signal stops it
 * @param {number} [how.uid] of the user that runs it
 * @param {string} how.directory for its files; removed when it has ended
 * @param {boolean} [how.keep] the directory is left
 * @returns {Promise<Server>}
 */
export async function startServer({
  name,
  url,
  command,
  log,
  answers,
  signal,
  uid,
  directory,
  keep = false,
}) {
  const file = openSync(log, 'a')
  // Of a process group of its own, so that Ctrl-C reaches the tests and not, at the same time, their servers.
  const kept = spawn(
    process.execPath,
    [keeper, signal, String(uid ?? '-'), keep ? '-' : directory, ...command],
    {
      stdio: ['pipe', file, file],
      detached: true,
      env: { ...process.env, TMPDIR: directory },
    },
  )
  closeSync(file)
  const ended = once(kept, 'exit')
  // Waiting for a server does not keep a process alive.
  kept.unref()
  const stop = async () => {
    kept.ref()
    kept.stdin?.destroy()
    await ended
  }
  const deadline = Date.now() + LIMIT
  for (;;) {
    try {
      await answers()
      return { url, stop }
    } catch (error) {
      const gone = kept.exitCode !== null
      if (!gone && Date.now() < deadline) {
        await sleep(50)
        continue
      }
      const said = readLog(log)
      await stop()
      const reason = gone ? 'ended' : `did not answer within ${LIMIT / 1000} s`
      throw new Error(`${name} ${reason}.\n${said}`, { cause: error })
    }
  }
}

/** @param {string} log */
function readLog(log) {
  try {
    return readFileSync(log, 'utf8').slice(-4_000)
  } catch (error) {
    return String(error)
  }
}
