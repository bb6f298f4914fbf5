import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** What leads to our own machine, our own network, or the metadata of a cloud, in IPv4 and IPv6. */
const notPublic = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/128', '::1/128', '64:ff9b::/96', '100::/64', '2001:db8::/32', '2002::/16'],
  ...['fc00::/7', 'fe80::/10', 'ff00::/8'],
]

const blocked = new BlockList()
for (const range of notPublic) {
  const [network = '', bits] = range.split('/')
  blocked.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4')
}

/** A mapped address such as `::ffff:127.0.0.1` is judged as the one it stands for. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && !blocked.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

export class NotPublicError extends Error {
  override readonly name = 'NotPublicError'
  constructor() {
    super('leads to an address that is not public')
  }
}

/**
 * A resolver for connections: the addresses it judges are those that are connected to, so that a name
 * cannot mean one thing when it is checked and another when it is used.
 */
export function publicOnly(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    const all = { ...options, all: true } as LookupOptions & { all: true }
    resolve(hostname, all, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? []
      if (error || !first) return callback(error ?? new NotPublicError(), '')
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new NotPublicError(), '')
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
    })
  }
}
