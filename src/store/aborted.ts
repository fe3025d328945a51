import { KinshipError } from '../errors/index.js'

export function abortedBy(signal: AbortSignal): KinshipError {
  return new KinshipError('KIN_ABORTED', { cause: signal.reason })
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedBy(signal)
}
