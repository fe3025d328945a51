import { KinshipError } from '../errors/index.js'
import type { SyncReport } from './store.js'

/** The error of a sync that found what it must not change (R29): all of it, with what to do about each. */
export function refuseSync(problems: SyncReport['problems']): never {
  const changes = problems.length === 1 ? 'a change' : `${problems.length} changes`
  throw new KinshipError('KIN_SYNC_REFUSED', {
    message: [
      `Sync found ${changes} that it must not make, and made none:`,
      ...problems.map(({ table, what, reason, fix }) => `- ${table}, ${what}: ${reason}. ${fix}`),
    ].join('\n'),
    details: {
      refusals: problems.map(({ table, what, reason, fix }) => ({
        table,
        column: /^column (.+)$/.exec(what)?.[1] ?? null,
        message: `${what}: ${reason}`,
        fix,
      })),
    },
  })
}
