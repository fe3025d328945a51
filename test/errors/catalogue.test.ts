// The catalogue, the types of the details, the documentation and the code name the same codes, or this fails.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5.9'
import { describe, expect, test } from 'vitest'
import { catalogue, type CatalogueEntry } from '../../src/errors/catalogue.js'

const root = new URL('../..', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const entries: [code: string, entry: CatalogueEntry][] = Object.entries(catalogue)
const codes = entries.map(([code]) => code)

describe('the catalogue', () => {
  test.each(entries)('%s has an HTTP error status and a summary that is a sentence', (code, entry) => {
    expect(code).toMatch(/^KIN(_[A-Z]+)+$/)
    expect(entry.status).toBeGreaterThanOrEqual(400)
    expect(entry.status).toBeLessThan(600)
    expect(entry.summary).toMatch(/^\S.*\.$/)
    expect(entry.hint ?? 'None.').toMatch(/^\S.*\.$/)
  })
})

describe('docs/errors.md', () => {
  const sections = documented(read('docs/errors.md'))

  test('documents every code of the catalogue, and no other, in its order', () => {
    expect([...sections.keys()]).toEqual(codes)
  })

  test.each(entries)('says of %s its status and summary, when it occurs and how to fix it', (code, entry) => {
    const section = sections.get(code) ?? ''
    expect(section.split('\n')[0]).toBe(`${entry.status}. ${entry.summary}`)
    expect(section).toMatch(/^- When: \S/m)
    expect(section).toMatch(/^- Fix: \S/m)
  })

  test.each(codes)('describes the details of %s as they are typed', (code) => {
    const section = sections.get(code) ?? ''
    const described = [...section.matchAll(/^- `details\.(\w+)`: \S/gm)].map((match) => match[1])
    expect(described).toEqual(typedDetails().get(code))
    expect(/^- No details\.$/m.test(section)).toBe(described.length === 0)
  })
})

describe('the types of the details', () => {
  test('exist for every code of the catalogue, and no other', () => {
    expect([...typedDetails().keys()].sort()).toEqual([...codes].sort())
  })
})

describe('the code', () => {
  const used = usedCodes()

  test('uses only codes of the catalogue', () => {
    expect([...used.keys()].filter((code) => !codes.includes(code))).toEqual([])
  })

  test('uses every code of the catalogue', () => {
    expect(codes.filter((code) => !used.has(code))).toEqual([])
  })
})

/** The text below each `### CODE` heading. */
function documented(text: string): Map<string, string> {
  const sections = text.split(/^### /m).slice(1)
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n')
      return [section.slice(0, end), section.slice(end).trim()]
    }),
  )
}

/** The names of the details of each code, as src/errors/error-details.ts declares them. */
function typedDetails(): Map<string, string[]> {
  const path = fileURLToPath(new URL('src/errors/error-details.ts', root))
  const program = ts.createProgram([path], { strict: true, noLib: true, types: [] })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const declared = source?.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'ErrorDetails',
  )
  if (!declared) throw new Error('src/errors/error-details.ts declares no interface ErrorDetails')
  const properties = checker.getTypeAtLocation(declared).getProperties()
  return new Map(
    properties.map((property) => {
      const type = checker.getTypeOfSymbolAtLocation(property, declared)
      return [property.name, type.getProperties().map((detail) => detail.name)]
    }),
  )
}

/** Every code that a file of src outside of the catalogue and its types names. */
function usedCodes(): Map<string, string> {
  const files = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  const elsewhere = files.filter((file) => file.endsWith('.ts') && !file.startsWith('errors/'))
  const found = new Map<string, string>()
  for (const file of elsewhere) {
    for (const [, code = ''] of read(`src/${file}`).matchAll(/['"`](KIN_[A-Z_]+)['"`]/g))
      found.set(code, file)
  }
  return found
}
