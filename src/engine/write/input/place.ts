/** A member's place below a place of the data: `posts[0]` and `title` make `posts[0].title`. */
export function memberAt(base: string, name: string): string {
  return base === '' ? name : `${base}.${name}`
}

export function elementAt(base: string, index: number): string {
  return `${base}[${index}]`
}
