/** Values whose members are not looked into. */
type Leaf = string | number | boolean | bigint | symbol | null | undefined | Date | Uint8Array | AbortSignal

type KeysOf<U> = U extends unknown ? keyof U : never
type PropertyOf<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never
type Objects<U> = Exclude<U, Leaf>

/** Keys of `T`, at any depth, that `U` does not know; never where there are none. */
type Stray<T, U> = T extends Leaf
  ? never
  : T extends readonly (infer Item)[]
    ? Stray<Item, U extends readonly (infer Other)[] ? Other : never>
    : { [K in keyof T]: K extends KeysOf<Objects<U>> ? Stray<T[K], PropertyOf<Objects<U>, K>> : K }[keyof T]

/**
 * The type of an argument whose own type is inferred as `T`: `T` itself, but `U` where `T` has a key that `U` does not
 * know (or `T` is no narrower), so that the compiler reports a misspelling as it does for a plain object literal, with
 * its suggestion.
 */
export type Exact<T, U> = [U] extends [T] ? U : [Stray<T, U>] extends [never] ? T : U
