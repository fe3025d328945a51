import { describe, expect, it } from 'vitest'
import { isKinshipError } from '../../src/errors/index.js'
import { codecs } from '../../src/schema/codecs.js'
import type { Codec } from '../../src/schema/graph.js'

const dates = [
  '0001-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '2024-05-01T12:00:00.000Z',
  '2024-05-01T12:00:00.500Z',
  '2024-05-01T12:00:01.000Z',
  '9999-12-31T23:59:59.999Z',
].map((text) => new Date(text))

describe('codecs', () => {
  it.each(['isoDate', 'sqlDateTime', 'epochSeconds', 'epochMillis'] as const)(
    '%s brings dates there and back, in order',
    (name) => {
      const codec = codecs[name] as Codec<Date, string | number>
      const raw = dates.map((date) => codec.encode(date))
      expect(raw.map((value) => codec.decode(value))).toEqual(dates)
      expect([...raw].sort((a, b) => (a < b ? -1 : 1))).toEqual(raw)
    },
  )

  it('R4: numeric rounds a column of numbers to its scale', () => {
    const codec = codecs.numeric(2)
    expect([0.99, 1, 12n, '3.456', -0.001, -1.5].map((raw) => codec.decode(raw))).toEqual([
      '0.99',
      '1.00',
      '12.00',
      '3.46',
      '0.00',
      '-1.50',
    ])
    expect(codec.encode('1.50')).toBe(1.5)
  })

  it('sqlDateTime leaves out milliseconds that are zero', () => {
    expect(codecs.sqlDateTime.encode(new Date('2024-05-01T12:00:00Z'))).toBe('2024-05-01 12:00:00')
    expect(codecs.sqlDateTime.decode('2024-05-01 12:00:00.250')).toEqual(new Date('2024-05-01T12:00:00.250Z'))
  })

  it('epochs read big integers', () => {
    expect(codecs.epochMillis.decode(1714564800000n)).toEqual(new Date('2024-05-01T12:00:00Z'))
    expect(codecs.epochSeconds.decode(1714564800n)).toEqual(new Date('2024-05-01T12:00:00Z'))
  })

  it('booleanText reads and writes its two texts', () => {
    const codec = codecs.booleanText('Y', 'N')
    expect([codec.encode(true), codec.encode(false)]).toEqual(['Y', 'N'])
    expect([codec.decode('Y'), codec.decode('N')]).toEqual([true, false])
  })

  it.each([
    ['isoDate', () => codecs.isoDate.decode('secret')],
    ['sqlDateTime', () => codecs.sqlDateTime.decode('secret')],
    ['numeric', () => codecs.numeric(2).decode('secret')],
    ['booleanText', () => codecs.booleanText('Y', 'N').decode('secret')],
  ])('%s refuses what it cannot decode, without telling it', (_name, decode) => {
    let thrown: unknown
    try {
      decode()
    } catch (error) {
      thrown = error
    }
    expect(isKinshipError(thrown, 'KIN_INVALID_VALUE')).toBe(true)
    expect(JSON.stringify(thrown)).not.toContain('secret')
  })
})
