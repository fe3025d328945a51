/** Code as it is laid out: text, parts after one another, or what may be broken into lines. */
export type Code = string | readonly Code[] | Bracketed | Chain

/** Calls of one another: `k.one('user').optional()`. From three calls on each may have a line of its own. */
interface Chain {
  readonly head: string
  readonly calls: readonly Code[]
}

interface Bracketed {
  readonly open: string
  readonly items: readonly Code[]
  readonly close: string
  /** a space inside of the brackets where it is on one line */
  readonly space: string
  /** on lines of its own even where it would fit on one */
  readonly broken: boolean
}

const WIDTH = 110

export const text = (value: string): string =>
  `'${JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`

export const list = (items: readonly Code[]): Code => ({
  open: '[',
  items,
  close: ']',
  space: '',
  broken: false,
})

export const call = (name: string, parameters: readonly Code[]): Code => ({
  open: `${name}(`,
  items: parameters,
  close: ')',
  space: '',
  broken: false,
})

/** Its members that are undefined are left out. */
export function object(members: readonly (readonly [string, Code | undefined])[], broken = false): Code {
  const items = members.flatMap(([name, value]): Code[] => {
    if (value === undefined) return []
    const key = isIdentifier(name) ? name : text(name)
    return [key === value ? key : [`${key}: `, value]]
  })
  return { open: '{', items, close: '}', space: ' ', broken }
}

/** A name that needs no quotes. */
const isIdentifier = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)

/** @param used columns that are taken before and after it on its lines */
export function print(code: Code, indent = 0, used = 0): string {
  const line = flat(code)
  if (line !== null && indent + used + line.length <= WIDTH) return line
  if (typeof code === 'string') return code
  if (isParts(code)) {
    const widths = code.map((part) => flat(part)?.length ?? 0)
    const total = widths.reduce((sum, width) => sum + width, 0)
    return code.map((part, at) => print(part, indent, used + total - (widths[at] ?? 0))).join('')
  }
  const inner = ' '.repeat(indent + 2)
  if ('head' in code) {
    if (code.calls.length < 3) return print([code.head, ...code.calls], indent, used)
    return `${code.head}${code.calls.map((each) => `\n${inner}${print(each, indent + 2, 1)}`).join('')}`
  }
  const items = code.items.map((item) => `${inner}${print(item, indent + 2, 1)},\n`)
  return `${code.open}\n${items.join('')}${' '.repeat(indent)}${code.close}`
}

const isParts = (code: readonly Code[] | Bracketed | Chain): code is readonly Code[] => Array.isArray(code)

/** On one line; null where it has to be broken. */
function flat(code: Code): string | null {
  if (typeof code === 'string') return code
  if ('head' in code) return flat([code.head, ...code.calls])
  const parts = (isParts(code) ? code : code.items).map(flat)
  if (parts.includes(null)) return null
  if (isParts(code)) return parts.join('')
  const space = parts.length === 0 ? '' : code.space
  return code.broken ? null : `${code.open}${space}${parts.join(', ')}${space}${code.close}`
}
