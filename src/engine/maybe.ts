/** A result that is there at once where the store is synchronous: awaiting it would cost more than a small read does. */
export type Maybe<T> = T | Promise<T>

/** Goes on with a result, at once if it is there. */
export function chain<T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
