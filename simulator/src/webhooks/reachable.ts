import type { SimulatorConfig } from '../config.ts'

type Bases = Pick<SimulatorConfig, 'publicUrl' | 'webhookBaseUrl'>

/** Where to connect for an address under PUBLIC_URL: inside a network that may be another host. */
export function reachable({ publicUrl, webhookBaseUrl }: Bases, url: string): string {
  const bare = url.replace(/#.*$/s, '')
  const inside = bare === publicUrl || bare.startsWith(`${publicUrl}/`)
  return inside && webhookBaseUrl !== undefined
    ? webhookBaseUrl + bare.slice(publicUrl.length)
    : bare
}
