import { type KinshipError, isKinshipError } from '../../errors/index.js'

/** Where in a request something is wrong. */
export type Place =
  | { readonly parameter: string }
  | { readonly pointer: string }
  | { readonly header: string }

/** An error of the catalogue with its place in the request. */
export class RequestFault extends Error {
  readonly error: KinshipError
  readonly place: Place

  constructor(error: KinshipError, place: Place) {
    super(error.message, { cause: error })
    this.error = error
    this.place = place
  }
}

/** Runs what reads one place of a request; errors of the catalogue that it throws are of that place. */
export function inPlace<T>(place: Place, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw isKinshipError(error) ? new RequestFault(error, place) : error
  }
}

/** `posts[0].title` of the engine's errors as a JSON pointer. */
export function pointerOf(path: string): string {
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '')
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
