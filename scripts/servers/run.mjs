import { spawnSync } from 'node:child_process'

/**
 * Runs a command to its end and returns what it printed; throws with it if the command fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ uid?: number, env?: NodeJS.ProcessEnv }} [options]
 */
export function run(command, args, { uid, env } = {}) {
  const ran = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  })
  if (ran.error) throw ran.error
  if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')}\n${ran.stdout}${ran.stderr}`)
  return ran.stdout
}

/**
 * Installs Debian packages, where this may be done.
 *
 * @param {string[]} packages
 */
export function installPackages(packages) {
  if (process.getuid?.() !== 0) {
    throw new Error(`Not installed: ${packages.join(', ')}. As root they would be installed with apt-get.`)
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  console.log(`apt-get install ${packages.join(' ')}`)
  run('apt-get', ['update', '-q'], { env })
  run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env })
}
