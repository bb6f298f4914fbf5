import type { Hub } from './hub.ts'
import { readCreated } from './judge.ts'
import type { Loader, Text } from './loader.ts'
import { quantile } from './quantile.ts'

/** How long each of these texts took to the phones of its group, in ms, from our 2xx; one for each phone. */
export function latenciesOf(hub: Hub, loader: Loader, wanted: (text: Text) => boolean): number[] {
  const created = readCreated(hub.simulatorFile)
  return loader.texts
    .filter(wanted)
    .flatMap((text) =>
      created
        .filter(
          (each) => each.sender === text.group.address && each.body.endsWith(`: ${text.body}`),
        )
        .map((each) => each.createdAt - text.answeredAt),
    )
}

export const p95Of = (...given: Parameters<typeof latenciesOf>): number =>
  quantile(latenciesOf(...given), 0.95)
