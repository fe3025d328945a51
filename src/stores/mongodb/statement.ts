/** Commands as text, for explain, logs and errors: `db.post.updateMany({ _id: "?1" }, …)` in the way of the shell. */
export function statementText(collection: string, method: string, ...parts: readonly unknown[]): string {
  const given = parts.filter((part) => part !== undefined).map((part) => JSON.stringify(part, shown))
  return `db.${collection}.${method}(${given.join(', ')})`
}

function shown(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
