// What the pages point at is there: other pages, their headings, folders, and files named in backquotes.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const skipped = new Set(['node_modules', 'dist', 'bench'])

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name.startsWith('.') || skipped.has(entry.name) ? [] : pagesIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** The text without its blocks of code, which may hold anything. */
const prose = (path: string) => readFileSync(path, 'utf8').replaceAll(/^```.*?^```/gms, '')

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (path: string) =>
  [...prose(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading.trim()))

/** What is wrong with a link of a page; null where nothing is. */
function linkFault(page: string, link: string): string | null {
  if (/^[a-z]+:/.test(link)) return null
  const [file = '', anchor] = link.split('#')
  const path = file === '' ? page : join(dirname(page), file)
  if (!existsSync(path)) return `${link}: there is no such file`
  if (anchor !== undefined && !anchorsOf(path).includes(anchor)) return `${link}: there is no such heading`
  return null
}

/** Files and folders of the repo that a page names, such as `src/plan/strategies`; not patterns. */
const namedPaths = (text: string) =>
  [...text.matchAll(/`((?:src|test|docs|examples|scripts)\/[\w./-]+)`/g)].map(([, path = '']) => path)

const pages = pagesIn(root).map((path) => relative(root, path))

test('the pages are found', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/errors.md', 'examples/README.md']))
})

describe('a page points at what is there', () => {
  test.each(pages)('%s', (page) => {
    const path = join(root, page)
    const text = prose(path)
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => linkFault(path, link))
    const missing = namedPaths(text).filter((named) => !existsSync(join(root, named)))
    expect([...links.filter((fault) => fault !== null), ...missing]).toEqual([])
  })
})

test('a broken link, a missing heading and a missing file are told', () => {
  const readme = join(root, 'README.md')
  expect(linkFault(readme, 'docs/error.md')).toContain('no such file')
  expect(linkFault(readme, 'docs/errors.md#kin_nothing')).toContain('no such heading')
  expect(linkFault(readme, 'docs/errors.md#kin_unique')).toBeNull()
  expect(namedPaths('see `src/plan/parse-nothing.ts` and `src/plan/parse-*.ts`')).toEqual([
    'src/plan/parse-nothing.ts',
  ])
})
