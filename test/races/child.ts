/** Runs a script of this folder in a process of its own, on a database that it is told. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Place } from '../helpers/places.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Child {
  readonly process: ChildProcess
  /** resolves at the first line it prints */
  readonly ready: Promise<void>
  /** resolves when it has ended, with its exit code; null where it was killed */
  readonly ended: Promise<number | null>
}

export function startChild(script: string, place: Place, ...args: string[]): Child {
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL(script, import.meta.url)), JSON.stringify(place), ...args],
    { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return {
    process: child,
    ready: new Promise((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready`)))
    }),
    ended: new Promise((resolve) => {
      child.once('exit', resolve)
    }),
  }
}
