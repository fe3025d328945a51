/** Objects that are values: their members are not looked into. */
type Opaque = Date | Uint8Array | AbortSignal

type KeysOf<U> = U extends object ? keyof U : never
type PropertyOf<U, K> = U extends object ? (K extends keyof U ? U[K] : never) : never

/**
 * Keys of `T`, at any depth, that `U` does not know; never where there are none. A `T` without required keys was not inferred
 * from an object literal: it is a declared type such as `Where`, which has no end when it is looked into.
 */
type Stray<T, U> = T extends object
  ? T extends readonly (infer Item)[]
    ? Stray<Item, U extends readonly (infer Other)[] ? Other : never>
    : T extends Opaque
      ? never
      : {} extends T
        ? never
        : { [K in keyof T]: K extends KeysOf<U> ? Stray<T[K], PropertyOf<U, K>> : K }[keyof T]
  : never

/**
 * The type of an argument whose own type is inferred as `T`: `T` itself, but `U` where `T` has a key that `U` does not
 * know (or `T` is no narrower), so that the compiler reports a misspelling as it does for a plain object literal, with
 * its suggestion.
 */
export type Exact<T, U> = [U] extends [T] ? U : [Stray<T, U>] extends [never] ? T : U
