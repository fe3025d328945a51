import { connect, type Socket } from 'node:net'

/** The number that makes a first message a request to cancel. */
const CODE = 80_877_102
const LENGTH = 16

/**
 * Asks the server to cancel what a client of `pg` is running: on a connection of its own, as the protocol wants it, so that neither a
 * free connection nor another login is needed. The server says nothing to it; the statement then fails with 57014.
 */
export function cancelRequest(client: unknown): void {
  const { host, port, processID, secretKey } = client as Readonly<Record<string, unknown>>
  if (typeof host !== 'string' || typeof processID !== 'number' || typeof secretKey !== 'number') return
  const message = Buffer.alloc(LENGTH)
  message.writeInt32BE(LENGTH, 0)
  message.writeInt32BE(CODE, 4)
  message.writeInt32BE(processID, 8)
  message.writeInt32BE(secretKey, 12)
  const socket: Socket = host.startsWith('/')
    ? connect(`${host}/.s.PGSQL.${String(port)}`)
    : connect(Number(port), host)
  // Nobody waits for it: where it does not arrive, the statement runs to its end.
  socket.on('error', () => socket.destroy())
  socket.end(message)
  socket.unref()
}
