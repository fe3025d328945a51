import { fail } from '../errors/index.js'

/** @throws KIN_ABORTED where the call's signal says so */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) fail('KIN_ABORTED', { cause: signal.reason })
}
