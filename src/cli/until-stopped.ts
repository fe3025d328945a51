const signals = ['SIGINT', 'SIGTERM'] as const

/** Resolves at the first signal to stop. The next one is not waited for any more: it ends the process. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of signals) process.off(signal, stop)
      resolve()
    }
    for (const signal of signals) process.on(signal, stop)
  })
}
