import { rateOf } from '@partyline/contracts/sender-rate'
import type { Group } from './groups.ts'
import { type Judged, readCreated } from './judge.ts'

const windowMs = 1_000
/** On its way to Twilio a text may be held up for so long, and then come with those let go after it. */
const onTheWayMs = 200

/** A sentence if more was created of a line in any second than its rate and one burst allow. */
export function overRate(
  { simulatorFile }: Pick<Judged, 'simulatorFile'>,
  { address, name }: Group,
  perSecond: number | null,
): string[] {
  const { segmentsPerSecond, burst } = rateOf(address, perSecond)
  const at = readCreated(simulatorFile)
    .filter((created) => created.sender === address)
    .map((created) => created.createdAt)
    .sort((a, b) => a - b)
  let [most, first] = [0, 0]
  for (const [last, time] of at.entries()) {
    while (time - (at[first] ?? time) >= windowMs) first += 1
    most = Math.max(most, last - first + 1)
  }
  const allowed = (segmentsPerSecond * (windowMs + onTheWayMs)) / 1_000 + burst
  return most > allowed ? [`${name}: ${most} in a second, ${allowed} allowed`] : []
}
