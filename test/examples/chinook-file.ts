import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the Chinook sample database may be; it is not part of the repo. */
const places = [
  process.env['KINSHIP_CHINOOK'],
  fileURLToPath(new URL('../../../shared/data/chinook.sqlite', import.meta.url)),
]

/** The Chinook sample database, or null where there is none. */
export const chinookFile = places.find((place) => place !== undefined && existsSync(place)) ?? null

const scripts = [
  process.env['KINSHIP_CHINOOK_POSTGRES'],
  fileURLToPath(new URL('../../../shared/data/chinook-postgres.sql', import.meta.url)),
]

/** The script that makes the same database in PostgreSQL, or null where there is none. */
export const chinookScript = scripts.find((place) => place !== undefined && existsSync(place)) ?? null

export const whyNoChinook =
  'the Chinook sample database is absent: set KINSHIP_CHINOOK to the path of chinook.sqlite'

/** A copy to work on. */
export function copyChinook(original: string): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kinship-chinook-'))
  const file = join(folder, 'chinook.sqlite')
  copyFileSync(original, file)
  return { file, remove: () => rmSync(folder, { recursive: true }) }
}
