import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../src/index.js'
import { temporaryDirectory } from '../helpers/sqlite.js'
import { describeStores, openAt, serverStores } from '../helpers/stores.js'
import { notes } from '../lifecycle/notes.js'
import { startProxy } from '../lifecycle/proxy.js'
import { served } from './served.js'

const config = `
  import { defineGraph, k } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)}
  export default { graph: defineGraph({ note: k.model({ text: k.string() }) }) }`

const ENOUGH_MS = 60_000

describeStores(serverStores, (store) => {
  test(
    'a database that goes away gives 503, and answers when it is back',
    { timeout: ENOUGH_MS },
    async () => {
      const place = store.newPlace?.()
      if (!place || !('url' in place)) throw new Error(`${store.name} is no server`)
      const db = await connect(notes, openAt(place))
      await db.sync()
      await db.note.create({ text: 'kept' })
      await db.close()

      const url = new URL(place.url)
      const proxy = await startProxy({ host: url.hostname, port: Number(url.port) })
      url.hostname = '127.0.0.1'
      url.port = String(proxy.port)
      const cwd = temporaryDirectory()
      writeFileSync(join(cwd, 'kinship.config.mjs'), config)
      const schema = 'schema' in place ? ['--schema', place.schema] : []
      const { address, stop } = await served(['--db', String(url), ...schema, '--log', 'silent'], cwd)

      expect(await (await fetch(`${address}/note`)).json()).toMatchObject({ docs: [{ text: 'kept' }] })
      await proxy.cut()
      for (const path of ['/health', '/note']) {
        const away = await fetch(`${address}${path}`)
        expect([path, away.status, await away.json()]).toMatchObject([
          path,
          503,
          { code: 'KIN_STORE_UNAVAILABLE' },
        ])
      }
      await proxy.restore()
      expect((await fetch(`${address}/health`)).status).toBe(200)
      expect(await (await fetch(`${address}/note`)).json()).toMatchObject({ docs: [{ text: 'kept' }] })
      expect(await stop()).toBe(0)
      await proxy.cut()
    },
  )
})
