const written = /^(-?)(\d+)(?:\.(\d*))?(?:E([+-]?\d+))?$/i

/** The text of a `Decimal128` without an exponent and with `scale` digits after the point; further ones are cut off. */
export function plainDecimal(text: string, scale: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = written.exec(text) ?? []
  if (whole === '') return text
  const point = whole.length + Number(exponent)
  const digits = (whole + fraction).padStart(whole.length + fraction.length - Math.min(point - 1, 0), '0')
  const at = Math.max(point, 1)
  const before = digits
    .slice(0, at)
    .padEnd(at, '0')
    .replace(/^0+(?=\d)/, '')
  const after = digits.slice(at).padEnd(scale, '0').slice(0, scale)
  const plain = scale === 0 ? before : `${before}.${after}`
  return /[1-9]/.test(plain) ? sign + plain : plain
}
