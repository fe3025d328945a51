/** The first program of the README on every store: only the line that connects is another. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeStores, sharedStores } from '../helpers/stores.js'
import type { Place } from '../helpers/places.js'
import { type WrittenDocs, writeDocs } from './check-docs.js'
import { type DocModule, docModules } from './doc-modules.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [first] = docModules('README.md', readFileSync(join(root, 'README.md'), 'utf8'))

/** The import of the store, and what `connect` is given. */
function connecting(place: Place): readonly [name: string, call: string] {
  const { store, ...options } = place
  return [store, `${store}(${JSON.stringify(options)})`]
}

const programs = new Map<string, DocModule>()
let docs: WrittenDocs

beforeAll(() => {
  if (!first) throw new Error('The README has no program')
  for (const store of sharedStores.filter(({ missing }) => missing === null)) {
    const [name, call] = connecting(store.newPlace())
    const code = first.code
      .replace(`import { sqlite } from 'kinship/sqlite'`, `import { ${name} } from 'kinship/${name}'`)
      .replace(`sqlite(':memory:')`, call)
    programs.set(store.name, { ...first, name: `readme-on-${name}.ts`, code })
  }
  docs = writeDocs([...programs.values()])
})

afterAll(() => {
  docs.remove()
})

describeStores(sharedStores, (store) => {
  test('the first program prints the same', async () => {
    const program = programs.get(store.name)
    if (!program) throw new Error('There is no such program')
    expect(program.code).not.toContain(`':memory:'`)
    const ran = await docs.run(program)
    expect(ran.code === 0 ? 'succeeded' : ran.stderr).toBe('succeeded')
    expect(ran.stdout).toBe(program.output)
  })
})
