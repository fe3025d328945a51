import { fail } from '../../errors/index.js'
import type { TransactionOptions } from '../../store/store.js'

/** Isolation levels of transactions, the default first. */
export const isolation = ['snapshot']

export function checkIsolation({ isolation: asked = 'snapshot' }: TransactionOptions): void {
  if (isolation.includes(asked)) return
  fail('KIN_CAPABILITY', {
    message: `MongoDB has no isolation level "${asked}".`,
    hint: `It has: ${isolation.join(', ')}, which is also the default.`,
    details: { store: 'mongodb', capability: `isolation ${asked}` },
  })
}
