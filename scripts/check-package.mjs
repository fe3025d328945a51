// Packs the package as it would be published, checks the tarball, installs it in a project outside of the repo, and
// compiles and runs a program there.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'kinship-package-'))

/**
 * Runs a command to its end; throws what it printed if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  const ran = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (ran.error) throw ran.error
  if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')}\n${ran.stdout}${ran.stderr}`)
  return ran.stdout
}

/** @param {string} name */
const tsc = (name) => join(modules, name, 'bin/tsc')

function pack() {
  run('npm', ['run', 'build'], root)
  const [packed] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root),
  )
  /** @type {string[]} */
  const files = packed.files.map((/** @type {{ path: string }} */ file) => file.path)
  const odd = files.filter(
    (file) => !/^((dist|src)\/.+|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/.test(file),
  )
  if (odd.length > 0) throw new Error(`the tarball holds what it should not: ${odd.join(', ')}`)
  console.log(`packed: ${files.length} files, ${Math.round(packed.size / 1024)} KiB`)
  return join(folder, packed.filename)
}

/** @param {string} tarball */
async function checkWithPublint(tarball) {
  const content = readFileSync(tarball)
  const buffer = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
  const found = messages.map((message) => formatMessage(message, pkg, { color: false }))
  if (found.length > 0) throw new Error(`publint:\n${found.join('\n')}`)
  console.log('publint: nothing to say')
}

/** @param {string} tarball */
function checkWithAttw(tarball) {
  run(join(modules, '.bin/attw'), [tarball, '--profile', 'esm-only', '--no-color'], root)
  console.log('attw: every entry point resolves to its types')
}

/** @param {string} tarball */
function useFromOutside(tarball) {
  const project = join(folder, 'project')
  mkdirSync(project)
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
    // The package's own declarations are checked as well.
    skipLibCheck: false,
    declaration: true,
    outDir: 'out',
  }
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }\n')
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  cpSync(join(root, 'scripts/consumer'), project, { recursive: true })
  run('npm', ['install', '--no-audit', '--no-fund', tarball], project)
  console.log('installed: outside of the repo')

  // Without a driver every entry point that needs none loads.
  for (const entry of ['kinship', 'kinship/mongodb', 'kinship/postgres', 'kinship/sqlite']) {
    run(process.execPath, ['--input-type=module', '--eval', `await import('${entry}')`], project)
  }
  console.log('loaded: without a driver installed')

  const version = run(join(project, 'node_modules/.bin/kinship'), ['--version'], project).trim()
  if (version !== manifest.version) throw new Error(`kinship --version says ${version}`)
  console.log('ran: the command line')

  // The user's own dependencies; they are copied because better-sqlite3 takes a minute to compile.
  for (const name of ['@types/node', 'undici-types', 'better-sqlite3', 'bindings', 'file-uri-to-path']) {
    cpSync(join(modules, name), join(project, 'node_modules', name), { recursive: true })
  }
  for (const compiler of ['typescript-5.9', 'typescript']) {
    run(process.execPath, [tsc(compiler), '-p', '.'], project)
    console.log(`compiled: a program that uses it, with ${compiler}`)
  }
  process.stdout.write(run(process.execPath, ['out/program.js'], project))
}

try {
  const tarball = pack()
  await checkWithPublint(tarball)
  checkWithAttw(tarball)
  useFromOutside(tarball)
  console.log(`${manifest.name} ${manifest.version} is fit to be published`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
