/** Database servers for tests: those that the environment names. `npm run test:servers` starts some and names them. */
/* oxlint-disable vitest/no-conditional-tests, vitest/valid-title, vitest/no-disabled-tests, vitest/expect-expect -- tests are
   declared here for the files that use this: under their titles, and only where a server is there */
import { describe, test } from 'vitest'

/** A server, or why there is none. */
export type TestServer = { readonly url: string } | { readonly missing: string }

export const postgresServer = (): TestServer => named('KINSHIP_PG_URL')

export const mongodbServer = (): TestServer => named('KINSHIP_MONGODB_URL')

function named(variable: string): TestServer {
  const url = process.env[variable]
  return url ? { url } : { missing: `${variable} names no server; npm run test:servers starts one` }
}

/** Why no server of this kind can be started by a test; null where one can. */
export function whyNotStarted(variable: 'KINSHIP_PG_URL' | 'KINSHIP_MONGODB_URL'): string | null {
  const started = process.env['KINSHIP_STARTED']?.split(',').includes(variable) ?? false
  return started ? null : 'only where `npm run test:servers` starts the server itself'
}

/**
 * Tests that need something. Without it they are skipped, which the title says; where `CI` is `true` that is a failure, so that
 * no test is left out unnoticed.
 *
 * @param missing why it is not there; null where it is
 */
export function describeWith(title: string, missing: string | null, body: () => void): void {
  if (missing === null) {
    describe(title, () => {
      body()
    })
  } else if (process.env['CI'] === 'true') {
    test(`${title} (missing: ${missing})`, () => {
      throw new Error(missing)
    })
  } else test.skip(`${title} (skipped: ${missing})`, () => {})
}

/** Tests on a server, if there is one. */
export function describeOn(server: TestServer, title: string, body: (url: string) => void): void {
  if ('url' in server) describeWith(title, null, () => body(server.url))
  else describeWith(title, server.missing, () => {})
}
