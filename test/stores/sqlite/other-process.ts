import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sqliteDriver } from '../../helpers/sqlite.js'

/** Starts another process that adds 1 to the note `count`, so many times; resolves with its exit code. */
export async function countUp(file: string, times: number): Promise<unknown> {
  const script = fileURLToPath(new URL('count-up.mjs', import.meta.url))
  const child = spawn(process.execPath, [script, file, sqliteDriver, String(times)], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as unknown[]
  return code
}

/** Starts another process that holds the lock of a file until `release` is called. */
export async function holdLock(file: string, row?: string) {
  const script = fileURLToPath(new URL('hold-lock.mjs', import.meta.url))
  const given = row === undefined ? [] : [row]
  const child = spawn(process.execPath, [script, file, sqliteDriver, ...given], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  return {
    async release(): Promise<void> {
      child.stdin.write('\n')
      await ended
    },
  }
}
