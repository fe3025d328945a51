import { fail } from '../errors/index.js'
import type { Codec } from './graph.js'

/**
 * Ready-made codecs for columns that exist already. They are never called with null, and they keep order,
 * because values are compared as they are stored.
 *
 * @example
 * const invoice = k.model({
 *   date: k.date().column('InvoiceDate', codecs.sqlDateTime),
 *   total: k.decimal(10, 2).column('Total', codecs.numeric(2)),
 * })
 */
export const codecs = Object.freeze({
  /** Dates as ISO text in UTC: `2024-05-01T12:00:00.000Z`. */
  isoDate: Object.freeze<Codec<Date, string>>({
    encode: (date) => date.toISOString(),
    decode: (raw) => validDate(new Date(raw), 'an ISO date'),
  }),

  /** Dates as SQL text in UTC: `2024-05-01 12:00:00`, with `.SSS` where there are milliseconds. */
  sqlDateTime: Object.freeze<Codec<Date, string>>({
    encode: (date) => date.toISOString().replace('T', ' ').replace('Z', '').replace('.000', ''),
    decode: (raw) => validDate(new Date(`${raw.replace(' ', 'T')}Z`), 'a date like 2024-05-01 12:00:00'),
  }),

  /** Dates as seconds since 1970; milliseconds become a fraction. */
  epochSeconds: Object.freeze<Codec<Date, number | bigint>>({
    encode: (date) => date.getTime() / 1000,
    decode: (raw) => validDate(new Date(Math.round(Number(raw) * 1000)), 'seconds since 1970'),
  }),

  /** Dates as milliseconds since 1970. */
  epochMillis: Object.freeze<Codec<Date, number | bigint>>({
    encode: (date) => date.getTime(),
    decode: (raw) => validDate(new Date(Number(raw)), 'milliseconds since 1970'),
  }),

  /** Decimals in columns of numbers (REAL, NUMERIC), rounded to `scale` digits after the point when read. */
  numeric(scale: number): Codec<string, number | bigint | string> {
    return Object.freeze({
      encode: Number,
      decode: (raw: number | bigint | string) => {
        const number = Number(raw)
        if (!Number.isFinite(number)) unreadable('a number', raw)
        const text = number.toFixed(scale)
        return Number(text) === 0 ? text.replace('-', '') : text
      },
    })
  },

  /** Texts in a column of another type that is written and read as text: PostgreSQL's `uuid`, `inet`, `interval`. */
  asText: Object.freeze<Codec<string, string>>({ encode: (text) => text, decode: (raw) => raw }),

  /**
   * Booleans as two texts. Ordering by such a field goes by the texts: `'N'` before `'Y'`, but `'no'` after
   * `'ja'`.
   */
  booleanText(whenTrue: string, whenFalse: string): Codec<boolean, string> {
    return Object.freeze({
      encode: (value: boolean) => (value ? whenTrue : whenFalse),
      decode: (raw: string) => {
        if (raw !== whenTrue && raw !== whenFalse) unreadable(`"${whenTrue}" or "${whenFalse}"`, raw)
        return raw === whenTrue
      },
    })
  },
})

function validDate(date: Date, expected: string): Date {
  if (Number.isNaN(date.getTime())) unreadable(expected, date)
  return date
}

/** The stored value itself stays out of the message: it may be a secret. */
function unreadable(expected: string, raw: unknown): never {
  return fail('KIN_INVALID_VALUE', {
    message: `A stored value cannot be decoded: the column's codec expects ${expected}.`,
    hint: 'Give the column the codec that fits what it holds.',
    details: { expected, received: typeof raw },
  })
}
