import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'
import { temporaryDirectory } from '../helpers/sqlite.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

export interface Served {
  /** `http://127.0.0.1:41234` */
  readonly address: string
  readonly child: ChildProcess
  /** what it has printed so far */
  readonly out: () => string
  readonly err: () => string
  /** sends a signal and gives the exit code */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** A process that runs the command line, in an empty folder unless one is given. */
export function started(args: readonly string[], cwd = temporaryDirectory()): Omit<Served, 'address'> {
  const command = [
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(new URL('src/cli/main.ts', `file://${root}`)),
  ]
  const child = spawn(process.execPath, [...command, ...args], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  children.push(child)
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  return {
    child,
    out: () => out,
    err: () => err,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended(child)
    },
  }
}

/** The exit code. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return child.exitCode
}

/** `kinship serve` on a free port, once it listens. */
export async function served(args: readonly string[], cwd?: string): Promise<Served> {
  const process = started(['serve', '--port', '0', ...args], cwd)
  const [, address] = await new Promise<RegExpExecArray>((resolve, reject) => {
    const look = (): void => {
      const found = /^Serving .* at (http:\S+)$/m.exec(process.err())
      if (found) resolve(found)
    }
    process.child.stderr?.on('data', look)
    process.child.once('close', () => reject(new Error(`It ended: ${process.err()}`)))
  })
  return { ...process, address: address?.replace('0.0.0.0', '127.0.0.1') ?? '' }
}
