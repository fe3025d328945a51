/** Writes an intersection out as one object type, so that editors show its members. */
export type Show<T> = { [K in keyof T]: T[K] } & {}

/** Turns a union into the intersection of its members. */
export type Intersect<U> = (U extends unknown ? (member: U) => void : never) extends (all: infer I) => void
  ? I
  : never

/** The union of an object's values. */
export type ValueOf<T> = T[keyof T]

/** One value or a list of them. */
export type OneOrMany<T> = T | readonly T[]
