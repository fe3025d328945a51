import { isKinshipError } from '../errors/index.js'

/** An error in words for people: without a stack where it is one that they can do something about. */
export function describeError(error: unknown): string {
  if (!isKinshipError(error)) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `Something unforeseen happened. Please report it:\n${words}\n`
  }
  const { code, message, path, hint } = error
  return [
    `${code}: ${message}`,
    ...(path === undefined ? [] : [`  at    ${path}`]),
    ...(hint === undefined ? [] : [`  hint  ${hint}`]),
    '',
  ].join('\n')
}
