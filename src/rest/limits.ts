import { fail, unknownName } from '../errors/index.js'

/** What one request may ask for. */
export interface Limits {
  /** Bytes of a body; more is 413. Default 1 MiB. */
  readonly body: number
  /** Records of a page unless `$limit` says otherwise, embedded lists included. Default 20. */
  readonly page: number
  /** The most that `$limit` may say. Default 100. */
  readonly maxPage: number
  /** Associations in a row that `$embed` may follow. Default 3. */
  readonly embedDepth: number
  /** Embedded ends of one request. Default 12. */
  readonly embeds: number
  /** Records that one request could reach at most, by the limits of its lists. Default 50,000. */
  readonly rows: number
  /** Records or ids in the body of one request. Default 1,000. */
  readonly items: number
  /** Parameters of one request. Default 100. */
  readonly parameters: number
  /** Milliseconds of a request's work in the database; then 503. Default 10,000. */
  readonly time: number
}

const defaultLimits: Limits = {
  body: 1_048_576,
  page: 20,
  maxPage: 100,
  embedDepth: 3,
  embeds: 12,
  rows: 50_000,
  items: 1_000,
  parameters: 100,
  time: 10_000,
}

/** The limits given, and the defaults of the others. @throws KIN_UNKNOWN_OPTION, KIN_INVALID_ARGUMENT */
export function readLimits(given: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (!Object.hasOwn(defaultLimits, name)) {
      const candidates = Object.keys(defaultLimits)
      unknownName('KIN_UNKNOWN_OPTION', {
        word: name,
        kind: 'limit',
        where: '`limits`',
        candidates,
        path: name,
      })
    }
    if (value !== undefined && !(Number.isSafeInteger(value) && (value as number) > 0)) {
      fail('KIN_INVALID_ARGUMENT', {
        message: `The limit "${name}" must be a positive integer.`,
        path: `limits.${name}`,
      })
    }
  }
  const limits = { ...defaultLimits, ...given }
  return { ...limits, page: Math.min(limits.page, limits.maxPage) }
}
