import { type Finding, wrong } from './finding.ts'

/** What waiting times, sessions and one-time links bear without anybody noticing. */
const bearableMs = 5_000

/** What to say of a clock that goes differently from ours; nothing when it hardly does. */
export function clockFindings(about: string, aheadMs: number): Finding[] {
  if (Math.abs(aheadMs) <= bearableMs) return []
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  const way = aheadMs > 0 ? 'ahead of' : 'behind'
  const says = `Its clock is ${seconds} s ${way} the one here.`
  return [wrong(about, says, 'Have both machines set their clocks by NTP.')]
}
