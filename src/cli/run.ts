import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { planDeleteCommand } from './commands/plan-delete.js'
import { pullCommand } from './commands/pull.js'
import { routesCommand } from './commands/routes.js'
import { serveCommand } from './commands/serve.js'
import { syncCommand } from './commands/sync.js'
import { describeError } from './describe-error.js'
import type { Terminal } from './terminal.js'

/** What the process ends with. */
const DONE = 0
const FAILED = 1
const MISUSED = 2

/**
 * Runs the command line.
 *
 * @param args without the program's own name
 * @returns the exit code: 0, 1 for a failure, 2 for a command line that means nothing
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await programFor(terminal).parseAsync(args, { from: 'user' })
    return DONE
  } catch (error) {
    // Whoever asks for help or the version has what they wanted.
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : MISUSED
    terminal.err(describeError(error))
    return FAILED
  }
}

function programFor(terminal: Terminal): Command {
  const program = new Command('kinship')
  const commands = [pullCommand, serveCommand, routesCommand, syncCommand, planDeleteCommand].map((make) =>
    make(terminal),
  )
  program
    .description('Associations declared once: served, looked at and kept by the command line.')
    .version(version())
    .addHelpText('after', '\nEvery command has a help of its own: kinship pull --help')
  for (const command of commands) program.addCommand(command)
  // Errors are told once, and never end the process from within.
  for (const command of [program, ...commands]) {
    command
      .exitOverride()
      .showHelpAfterError(
        `Run \`kinship ${command === program ? '' : `${command.name()} `}--help\` for what there is.`,
      )
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  }
  return program
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
