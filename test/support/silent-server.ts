import { type AddressInfo, createServer } from 'node:net'

/** A port that takes connections and never says a word: a Redis or Postgres that hangs. */
export async function silentServer() {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, [Symbol.dispose]: () => server.close() }
}
