/** A module made of the `ts` blocks of one Markdown file. Its lines are those of the file, others are blank. */
export interface DocModule {
  /** The Markdown file, relative to the repo. */
  readonly source: string
  /** A file name that tells the modules of all files apart. */
  readonly name: string
  readonly code: string
  /** Whether it is executed; otherwise it is only type-checked. */
  readonly run: boolean
  /** What it must print, where the file says so. */
  readonly output: string | null
}

interface Block {
  readonly words: readonly string[]
  /** The line of the opening fence, from 0. */
  readonly start: number
  readonly lines: readonly string[]
}

const IMPORT = /^import\b/
const WHOLE_IMPORT = /^import\b.*['"]$/

/**
 * The modules of a Markdown file. Its ```` ```ts ```` blocks, one after the other, are one module. Words after `ts`:
 *
 * - `fresh`: a new module starts here.
 * - `no-run`: type-checked, not executed; a module of its own if it has imports.
 *
 * A ```` ```text output ```` block holds what the module it follows prints.
 */
export function docModules(source: string, markdown: string): DocModule[] {
  const size = markdown.split('\n').length
  const modules: { code: string[]; imports: Set<string>; run: boolean; output: string | null }[] = []
  const open = (run: boolean) => {
    const module = { code: Array<string>(size).fill(''), imports: new Set<string>(), run, output: null }
    modules.push(module)
    return module
  }
  let current: (typeof modules)[number] | undefined

  for (const block of blocks(source, markdown)) {
    const [language, ...words] = block.words
    if (language === 'text' && words.includes('output')) {
      if (!current) throw new Error(`${source}:${block.start + 1}: output of nothing`)
      current.output = `${current.output ?? ''}${block.lines.map((line) => `${line}\n`).join('')}`
    }
    if (language !== 'ts') continue

    const imports = block.lines.some((line) => IMPORT.test(line))
    const shown = words.includes('no-run')
    if (words.includes('fresh')) current = undefined
    const module = shown && imports ? open(false) : (current ??= open(true))
    block.lines.forEach((line, at) => {
      // The same import in a later block of the same module is for the reader, not for the compiler.
      const repeated = WHOLE_IMPORT.test(line) && module.imports.has(line)
      if (IMPORT.test(line)) module.imports.add(line)
      module.code[block.start + 1 + at] = repeated ? '' : line
    })
    if (shown && module === current) {
      module.code[block.start] = `export async function shown${block.start}() {`
      module.code[block.start + 1 + block.lines.length] = '}'
    }
  }

  const stem = source.replaceAll(/[^\w]+/g, '-')
  return modules.map(({ code, imports, run, output }, at) => ({
    source,
    name: `${stem}-${at}.ts`,
    // Without an import or export it would be a script, and share its names with every other one.
    code: `${code.join('\n')}${imports.size === 0 ? '\nexport {}' : ''}\n`,
    run,
    output,
  }))
}

const WORDS = new Set(['ts', 'no-run', 'fresh'])

function blocks(source: string, markdown: string): Block[] {
  const found: Block[] = []
  let open: { words: string[]; start: number; lines: string[]; fence: string } | undefined
  markdown.split('\n').forEach((line, at) => {
    const fence = /^\s*(`{3,}|~{3,})(.*)$/.exec(line)
    if (open) {
      if (fence?.[1] === open.fence && fence[2]?.trim() === '') {
        found.push(open)
        open = undefined
      } else open.lines.push(line)
    } else if (fence) {
      const words = (fence[2] ?? '').trim().split(/\s+/)
      const place = `${source}:${at + 1}`
      if (/^(typescript|tsx|mts|cts|javascript|js|mjs)$/i.test(words[0] ?? '') || words[0] === 'TS')
        throw new Error(`${place}: a \`${words[0]}\` block is not checked; mark it \`ts\`, or \`ts no-run\``)
      const odd = words[0] === 'ts' ? words.find((word) => !WORDS.has(word)) : undefined
      if (odd !== undefined)
        throw new Error(`${place}: what does \`${odd}\` mean? Known: ${[...WORDS].join(', ')}`)
      open = { words, start: at, lines: [], fence: fence[1] ?? '' }
    }
  })
  if (open) throw new Error(`${source}:${open.start + 1}: the block is never closed`)
  return found
}
