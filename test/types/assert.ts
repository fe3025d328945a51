/** Exactly the same type, unlike mutual assignability. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Fails to compile unless its argument is `true`: `assert<Same<A, B>>()`. */
export declare function assert<_T extends true>(): void

/** The element of a list, and what a promise gives. */
export type Item<T> = T extends readonly (infer Element)[] ? Element : never
