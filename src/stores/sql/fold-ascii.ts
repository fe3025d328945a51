/** ASCII letters in lower case, as databases' own `lower` does it for them; no others (R3). */
export function foldAscii(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
