import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line between a browser and a node that breaks when told to, without a word to either end. */
export async function createBreakableLine(to: { port: number }) {
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to.port, '127.0.0.1')
    near.pipe(far).pipe(near)
    for (const end of [near, far]) {
      ends.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        ends.delete(end)
        near.destroy()
        far.destroy()
      })
    }
  })
  const snap = () => ends.forEach((end) => end.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    snap,
    [Symbol.dispose]() {
      server.close()
      snap()
    },
  }
}
