import { KEYS, type Parameter } from './fragment.js'

/** Makes the driver's parameters of a call's values (by slot) and, in keyed reads, of the parents' keys. */
export type Bind = (values: readonly unknown[], keys: readonly unknown[]) => unknown[]

/** Prepares the parameters of a rendered statement: fixed ones are encoded once. */
export const binder = (parameters: readonly Parameter[]): Bind => {
  const encoded = ({ encode }: Parameter, value: unknown): unknown =>
    encode === null || value === null || value === undefined ? value : encode(value)
  const fixed = parameters.map((parameter) => {
    const { value } = parameter
    return value !== KEYS && 'fixed' in value ? encoded(parameter, value.fixed) : undefined
  })
  const open = parameters.flatMap((parameter, at) => {
    const { value } = parameter
    if (value === KEYS) return [{ parameter, at, slot: -1 }]
    return 'slot' in value ? [{ parameter, at, slot: value.slot }] : []
  })
  return (values, keys) => {
    const bound = [...fixed]
    let sent: unknown
    for (const { parameter, at, slot } of open) {
      // Where the keys stand twice, they are the same list: it is encoded once.
      bound[at] = slot === -1 ? (sent ??= encoded(parameter, keys)) : encoded(parameter, values[slot])
    }
    return bound
  }
}
