import { channel } from 'node:diagnostics_channel'

/** Where a process may be killed at the worst moment; what each one means is in docs/chaos.md. */
const points = [
  ...(['I1', 'I2', 'I3', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'W1'] as const),
  ...(['A1', 'A2', 'R1'] as const),
] as const
export type CrashPoint = (typeof points)[number]

const channels = Object.fromEntries(
  points.map((point) => [point, channel(`partyline:${point}`)]),
) as Record<CrashPoint, ReturnType<typeof channel>>

/**
 * Passed on the way of a text. Nobody listens but the chaos suite, which loads its listener with
 * `--import`; without one, publishing is an empty function, and nothing here reads the environment.
 */
export function crashPoint(point: CrashPoint): void {
  channels[point].publish(undefined)
}
