import { run } from '../../src/cli/run.js'
import { temporaryDirectory } from '../helpers/sqlite.js'

/** Runs the command line inside of this process, in an empty folder unless one is given. */
export async function ran(
  args: readonly string[],
  cwd = temporaryDirectory(),
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = ''
  let err = ''
  const code = await run(args, { out: (text) => (out += text), err: (text) => (err += text), cwd })
  return { code, out, err }
}
