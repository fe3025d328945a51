import { readFileSync } from 'node:fs'

/** The body of a function at the top level of a file, as it is written there. */
export function sourceOf(file: string, name: string): string {
  const lines = readFileSync(file, 'utf8').split('\n')
  const start = lines.findIndex((line) => line.startsWith(`async function ${name}(`))
  const length = lines.slice(start).indexOf('}')
  if (start === -1 || length === -1) throw new Error(`There is no function "${name}" in ${file}.`)
  return lines
    .slice(start + 1, start + length)
    .map((line) => line.slice(2))
    .join('\n')
}
