import { expect, test } from 'vitest'
import { startMongodb } from '../../../scripts/servers/mongodb.mjs'
import { connect } from '../../../src/engine/connect.js'
import { isKinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { mongodb } from '../../../src/stores/mongodb/index.js'
import { describeWith, whyNotStarted } from '../../helpers/servers.js'

const graph = defineGraph({ note: k.model({ text: k.string() }) })

// It starts a server of its own, where the script that starts servers can do so.
describeWith('a server that announces no replica set', whyNotStarted('KINSHIP_MONGODB_URL'), () => {
  test('R30: is refused, with the words that make one of it', { timeout: 120_000 }, async () => {
    const server = await startMongodb({ standalone: true })
    try {
      const failure: unknown = await connect(graph, mongodb(server.url)).catch((error: unknown) => error)
      if (!isKinshipError(failure, 'KIN_CAPABILITY')) throw failure
      expect(failure.details).toEqual({ store: 'mongodb', capability: 'transactions' })
      expect(failure.message).toContain('standalone')
      expect(failure.hint).toMatch(/replica set of one node.*mongod --replSet rs0.*rs\.initiate\(\)/)
    } finally {
      await server.stop()
    }
  })
})
