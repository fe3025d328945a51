// The docs runner is shown broken docs, so that it cannot pass by looking away.
import { afterEach, describe, expect, test } from 'vitest'
import { type WrittenDocs, writeDocs } from './check-docs.js'
import { docModules } from './doc-modules.js'

const page = (...lines: string[]) => lines.join('\n')
const fence = '```'

let docs: WrittenDocs | undefined

afterEach(() => {
  docs?.remove()
})

describe('docModules', () => {
  test('puts the blocks of a page into one module, on their own lines', () => {
    const text = page('# Title', `${fence}ts`, 'const a = 1', fence, 'then', `${fence}ts`, 'a + 1', fence)
    const [module, ...others] = docModules('docs/x.md', text)
    expect(others).toEqual([])
    expect(module).toMatchObject({ run: true, output: null })
    expect(module?.code.split('\n').slice(0, 8)).toEqual(['', '', 'const a = 1', '', '', '', 'a + 1', ''])
  })

  test('starts a new module at a fresh block', () => {
    const text = page(`${fence}ts`, 'const a = 1', fence, `${fence}ts fresh`, 'const a = 2', fence)
    expect(docModules('docs/x.md', text).map((module) => module.code.match(/a = ./)?.[0])).toEqual([
      'a = 1',
      'a = 2',
    ])
  })

  test('takes an import that a later block repeats once', () => {
    const line = "import { k } from 'kinship'"
    const text = page(`${fence}ts`, line, fence, `${fence}ts`, line, 'k', fence)
    const [module] = docModules('docs/x.md', text)
    expect(module?.code.match(/import/g)).toHaveLength(1)
  })

  test('only type-checks a no-run block with imports, apart from the rest', () => {
    const text = page(`${fence}ts`, 'const a = 1', fence, `${fence}ts no-run`, "import 'kinship'", fence)
    expect(docModules('docs/x.md', text).map((module) => module.run)).toEqual([true, false])
  })

  test.each([
    ['typescript', 'a block in a spelling that would not be checked'],
    ['ts norun', 'a word that means nothing'],
  ])('refuses %s: %s', (info) => {
    expect(() => docModules('docs/x.md', page('', `${fence}${info}`, 'x', fence))).toThrow('docs/x.md:2')
  })

  test('refuses a block that is never closed', () => {
    expect(() => docModules('docs/x.md', page(`${fence}ts`, 'x'))).toThrow('docs/x.md:1')
  })
})

describe('writeDocs', () => {
  const write = (...lines: string[]) => {
    const [module] = docModules('docs/x.md', page(...lines))
    if (!module) throw new Error('no module')
    docs = writeDocs([module])
    return { docs, module }
  }

  test('reports a type error with the page and its line', async () => {
    const written = write('# Title', '', `${fence}ts`, 'const a: number = "one"', fence)
    expect(await written.docs.typeErrors()).toEqual([
      expect.stringMatching(/^docs\/x\.md\(4,\d+\): error TS2322/),
    ])
  })

  test('type-checks a no-run block and does not run it', async () => {
    const lines = [`${fence}ts no-run`, "throw new Error('it ran')", fence]
    const written = write(`${fence}ts`, 'const a = 1', fence, ...lines, `${fence}ts no-run`, 'a.b', fence)
    expect(await written.docs.typeErrors()).toEqual([
      expect.stringMatching(/^docs\/x\.md\(8,\d+\): error TS2339/),
    ])
    expect(await written.docs.run(written.module)).toMatchObject({ code: 0, stdout: '' })
  })

  test('reports code that throws, with the page and its line', async () => {
    const written = write('# Title', '', `${fence}ts`, "throw new Error('broken')", fence)
    const ran = await written.docs.run(written.module)
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('broken')
    expect(ran.stderr).toContain('docs/x.md:4')
  })

  test('shows what it prints, and knows what it should', async () => {
    const output = [`${fence}text output`, 'one', fence]
    const written = write(`${fence}ts`, "console.log('two')", fence, ...output)
    expect(written.module.output).toBe('one\n')
    expect(await written.docs.run(written.module)).toMatchObject({ code: 0, stdout: 'two\n' })
  })
})
