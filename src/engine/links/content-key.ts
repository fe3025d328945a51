/**
 * Text that is the same for the same normalised content: what is written alike is written in one statement.
 */
export function contentKey(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`
    return value instanceof Uint8Array ? `bytes ${Buffer.from(value).toString('hex')}` : value
  })
}
