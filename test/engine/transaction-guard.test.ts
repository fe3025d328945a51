import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TransactionGuard } from '../../src/engine/transaction-guard.js'

const misuse = expect.objectContaining({ code: 'KIN_TRANSACTION_MISUSE' }) as object

describe('R28: using `db` inside of its own transaction', () => {
  it('is noticed in the callback and in whatever it awaits', async () => {
    const guard = new TransactionGuard()
    await guard.run(async () => {
      expect(() => guard.check()).toThrow(misuse)
      await sleep(1)
      expect(() => guard.check()).toThrow(misuse)
    })
    guard.check()
  })

  it('does not concern what goes on beside the transaction', async () => {
    const guard = new TransactionGuard()
    const running = guard.run(() => sleep(5))
    expect(() => guard.check()).not.toThrow()
    await sleep(1)
    expect(() => guard.check()).not.toThrow()
    await running
  })

  it('is noticed again after transactions have ended', async () => {
    const guard = new TransactionGuard()
    const failing = guard.run(() => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    const [first, second] = [guard.run(() => sleep(1)), guard.run(() => sleep(3))]
    await first
    await guard.run(async () => {
      expect(() => guard.check()).toThrow(misuse)
      await Promise.resolve()
    })
    await second
    guard.check()
  })

  it('concerns one database only', async () => {
    const [guard, other] = [new TransactionGuard(), new TransactionGuard()]
    await guard.run(async () => {
      expect(() => other.check()).not.toThrow()
      await Promise.resolve()
    })
  })
})
