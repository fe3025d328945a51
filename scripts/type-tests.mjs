// Checks the type tests with every compiler that users are likely to have, not only with the one that builds.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
let failed = 0

for (const compiler of ['typescript', 'typescript-5.9']) {
  const tsc = fileURLToPath(new URL(`../node_modules/${compiler}/bin/tsc`, import.meta.url))
  const started = performance.now()
  const run = spawnSync(process.execPath, [tsc, '-p', 'test/types'], { cwd: root, stdio: 'inherit' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${run.status === 0 ? 'passed' : 'FAILED'}: type tests with ${compiler} (${seconds} s)`)
  if (run.status !== 0) failed++
}

process.exitCode = failed === 0 ? 0 : 1
