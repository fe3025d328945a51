import { createRequire } from 'node:module'
import { isKinshipError, KinshipError } from '../../../errors/index.js'
import { type BetterModule, betterDriver } from './better-sqlite3.js'
import type { Driver } from './driver.js'
import { type NodeModule, nodeDriver } from './node-sqlite.js'

type Choice = 'better-sqlite3' | 'node:sqlite' | BetterModule | NodeModule

const drivers = ['better-sqlite3', 'node:sqlite']

/**
 * The driver that was chosen; without a choice, better-sqlite3 where it is installed and works, and `node:sqlite` otherwise.
 */
export async function loadDriver(choice: Choice | null): Promise<Driver> {
  if (choice === null) return defaultDriver()
  if (choice === 'node:sqlite') return builtIn() ?? missing('This Node.js has no `node:sqlite`.')
  if (choice === 'better-sqlite3') {
    return (await installedBetter()) ?? missing('better-sqlite3 is not installed.')
  }
  return 'DatabaseSync' in choice ? nodeDriver(choice) : working(choice)
}

async function defaultDriver(): Promise<Driver> {
  const fallback = builtIn()
  try {
    return (await installedBetter()) ?? fallback ?? missing('No driver for SQLite is there.')
  } catch (error) {
    // Installed, but never built, or built for another Node.js.
    if (fallback !== null && isKinshipError(error, 'KIN_DRIVER_MISSING')) return fallback
    throw error
  }
}

async function installedBetter(): Promise<Driver | null> {
  try {
    createRequire(import.meta.url).resolve('better-sqlite3')
  } catch {
    // Not installed: the one question that is asked here.
    return null
  }
  const { default: module } = (await import('better-sqlite3')) as unknown as { default: BetterModule }
  return working(module)
}

/** better-sqlite3 looks for its native part when the first database is opened. */
function working(module: BetterModule): Driver {
  try {
    new module(':memory:', { readonly: false, fileMustExist: false, timeout: 0 }).close()
  } catch (cause) {
    missing(
      'The native part of better-sqlite3 is missing or was built for another Node.js.',
      'Run `npm install-scripts approve better-sqlite3` and `npm rebuild better-sqlite3`.',
      cause,
    )
  }
  return betterDriver(module)
}

function builtIn(): Driver | null {
  const module = process.getBuiltinModule('node:sqlite') as NodeModule | undefined
  return module === undefined ? null : nodeDriver(module)
}

function missing(message: string, hint?: string, cause?: unknown): never {
  throw new KinshipError('KIN_DRIVER_MISSING', {
    message,
    hint:
      hint ?? 'Run `npm install better-sqlite3`, or use Node.js 22.13 or newer, which brings `node:sqlite`.',
    details: { store: 'sqlite', drivers },
    cause,
  })
}
