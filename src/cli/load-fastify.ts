import { fail } from '../errors/index.js'

/** Fastify and the REST plugin, which only some commands need. @throws KIN_PACKAGE_MISSING */
export async function loadFastify() {
  try {
    const [{ fastify }, { kinshipRest }] = await Promise.all([import('fastify'), import('../rest/index.js')])
    return { fastify, kinshipRest }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    return fail('KIN_PACKAGE_MISSING', {
      message: 'This command needs the package fastify.',
      hint: 'Run `npm install fastify @fastify/swagger @fastify/swagger-ui`.',
      details: { packages: ['fastify'] },
      cause,
    })
  }
}
