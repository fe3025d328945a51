import { fail } from '../../errors/index.js'

type Token = 'one' | 'many' | { readonly char: string }

/** R3: `$like` with `%`, `_` and `\` as escape, case-sensitive, by code point; `$ilike` folds ASCII letters only. */
export function likeTest(pattern: string, ignoreCase: boolean, path: string): (text: string) => boolean {
  const fold = (text: string): string =>
    ignoreCase ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
  const tokens = parse(fold(pattern), path)
  return (text) => matches(tokens, Array.from(fold(text)))
}

function parse(pattern: string, path: string): Token[] {
  const tokens: Token[] = []
  const chars = Array.from(pattern)
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] as string
    if (char === '%') tokens.push('many')
    else if (char === '_') tokens.push('one')
    else if (char === '\\') {
      at++
      tokens.push({ char: chars[at] ?? unfinished(path) })
    } else tokens.push({ char })
  }
  return tokens
}

function unfinished(path: string): never {
  return fail('KIN_INVALID_VALUE', {
    path,
    details: { expected: 'a pattern that does not end in a single backslash', received: 'string' },
  })
}

function matches(tokens: readonly Token[], chars: readonly string[]): boolean {
  const [token, ...rest] = tokens
  if (token === undefined) return chars.length === 0
  if (token === 'many') return [...chars, ''].some((_, skipped) => matches(rest, chars.slice(skipped)))
  const [char, ...others] = chars
  return char !== undefined && (token === 'one' || token.char === char) && matches(rest, others)
}
