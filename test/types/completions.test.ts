/** What an editor offers inside queries whose type is inferred from what is being written. */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type typescript from 'typescript-5.9'
import { describe, expect, test } from 'vitest'

const ts = createRequire(import.meta.url)('typescript-5.9') as typeof typescript
const folder = fileURLToPath(new URL('.', import.meta.url))
const file = `${folder}completions.generated.ts`
const config = ts.readConfigFile(`${folder}tsconfig.json`, (path) => ts.sys.readFile(path))
const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, folder)

let text = ''
let version = 0

const service = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: (path) => (path === file ? String(version) : '0'),
  getScriptSnapshot: (path) => {
    const content = path === file ? text : ts.sys.readFile(path)
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
  },
  getCurrentDirectory: () => folder,
  getCompilationSettings: () => options,
  getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  fileExists: (path) => path === file || ts.sys.fileExists(path),
  readFile: (path) => ts.sys.readFile(path),
  directoryExists: (path) => ts.sys.directoryExists(path),
  getDirectories: (path) => ts.sys.getDirectories(path),
  readDirectory: (...given) => ts.sys.readDirectory(...given),
})

/** What completions that are not members or literals sort by, or after. */
const globals = '15'

/** Members and literals offered at the `|` of the code, without keywords and globals. */
function offered(code: string): string[] {
  const head = `import { db } from './shop.js'\n`
  text = head + code.replace('|', '')
  version++
  const found = service.getCompletionsAtPosition(file, head.length + code.indexOf('|'), {})
  const own = found?.entries.filter((entry) => entry.sortText < globals) ?? []
  return own.map((entry) => entry.name).sort()
}

const postFields = ['author', 'deletedAt', 'editor', 'hashtags', 'id', 'reviewer', 'slug', 'title', 'version']
const logic = ['$and', '$not', '$or']

describe('an editor completes', () => {
  test.each([
    ['fields in a filter', `db.post.find({ where: { | } })`, [...logic, ...postFields]],
    [
      'fields beyond an end',
      `db.user.find({ where: { posts: { $some: { | } } } })`,
      [...logic, ...postFields],
    ],
    ['fields in select', `db.post.find({ select: ['title', '|'] })`, postFields],
    ['directions', `db.post.find({ orderBy: { title: '|' } })`, ['asc', 'desc']],
    [
      'ends in populate',
      `db.post.find({ populate: { author: true, | } })`,
      ['editor', 'hashtags', 'reviewer'],
    ],
    [
      'ends further down',
      `db.user.find({ populate: { posts: { populate: { editor: true, | } } } })`,
      ['author', 'hashtags', 'reviewer'],
    ],
    [
      'filters further down',
      `db.user.find({ populate: { posts: { where: { | } } } })`,
      [...logic, ...postFields],
    ],
    [
      'fields of nested data',
      `db.user.create({ posts: [{ title: 't', | }] })`,
      ['$create', 'editor', 'hashtags', 'id', 'reviewer', 'slug'],
    ],
    ['payload fields', `db.user.at('id').groups.add('id', { | })`, ['joinedAt', 'role']],
    ['fields of a result', `(await db.user.find({ populate: { posts: true } }))[0]!.posts[0]!.|`, postFields],
  ])('%s', (_what, code, expected) => {
    expect(offered(code)).toEqual([...expected].sort())
  })
})
