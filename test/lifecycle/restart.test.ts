/** A server that is stopped and started again, beside the ones that the other tests use. */
import { expect, test } from 'vitest'
import { startMongodb } from '../../scripts/servers/mongodb.mjs'
import { startPostgres } from '../../scripts/servers/postgres.mjs'
import { connect } from '../../src/index.js'
import { mongodb } from '../../src/stores/mongodb/index.js'
import { postgres } from '../../src/stores/postgres/index.js'
import { describeWith, whyNotStarted } from '../helpers/servers.js'
import { temporaryDirectory } from '../helpers/sqlite.js'
import { notes } from './notes.js'

const servers = [
  { name: 'postgres', missing: whyNotStarted('KINSHIP_PG_URL'), start: startPostgres, open: postgres },
  { name: 'mongodb', missing: whyNotStarted('KINSHIP_MONGODB_URL'), start: startMongodb, open: mongodb },
]

for (const { name, missing, start, open } of servers)
  describeWith(name, missing, () => {
    test('a database that is connected to goes on with the server that was started again', async () => {
      const directory = temporaryDirectory()
      const first = await start({ directory })
      const port = Number(new URL(first.url).port)
      const db = await connect(notes, open(first.url))
      await db.sync()
      await Promise.all(['a', 'b', 'c'].map((text) => db.note.create({ text })))

      await first.stop()
      await expect(db.note.create({ text: 'lost' })).rejects.toMatchObject({ code: 'KIN_STORE_UNAVAILABLE' })

      const second = await start({ directory, port })
      expect(await db.note.count()).toBe(3)
      await db.note.create({ text: 'd' })
      expect((await db.note.find()).map(({ text }) => text).toSorted()).toEqual(['a', 'b', 'c', 'd'])
      await db.close()
      await second.stop()
    }, 90_000)
  })
