import type { MenuItem } from '../menu-items.ts'
import type { LaterState } from './later.svelte.ts'
import { presets } from './presets.ts'
import type { SendKey, SendKeyState } from './send-key.svelte.ts'
import { formatClock, formatWhen } from './when.ts'

interface Given {
  now: Date
  sendKey: SendKeyState
  canSchedule: boolean
  onsendat: (at: Date) => void
  onpick: () => void
  later: LaterState
}

const keyWords: Record<SendKey, { label: string; keys: string }> = {
  enter: { label: 'Enter sends', keys: 'enter' },
  'mod+enter': { label: 'Enter begins a line', keys: 'mod+enter' },
}

/** Times to choose from, with what clocks say there, where that is something else. */
function times(now: Date, later: LaterState): { label: string; at: Date }[] {
  const ours = presets(now).map(({ label, at }) => {
    const theirs = later.theirTime(at)
    const there = theirs === undefined ? '' : ` (${theirs} there)`
    return { label: `${label}, ${formatClock(at)}${there}`, at }
  })
  const at = later.theirMorning(now)
  return at ? [...ours, { label: `Their morning: ${formatWhen(at, now)}`, at }] : ours
}

function cancelItems(later: LaterState): MenuItem[] {
  if (!later.canCancel) return []
  const { cancelOnReply } = later
  const run = () => {
    later.cancelOnReply = !cancelOnReply
  }
  const label = 'Cancel it if they reply first'
  return ['line', { label, checked: cancelOnReply, stays: true, run }]
}

/** When to send, and with which key. */
export function sendItems({ now, sendKey, later, ...given }: Given): MenuItem[] {
  const disabled = !given.canSchedule
  const theirNow = later.theirTime(now)
  return [
    { heading: 'Send later', ...(theirNow && { text: `It is ${theirNow} there.` }) },
    ...times(now, later).map(({ label, at }) => ({
      ...{ label, disabled },
      run: () => given.onsendat(at),
    })),
    { label: 'Choose a time…', disabled, run: given.onpick },
    ...cancelItems(later),
    'line',
    ...(['enter', 'mod+enter'] as const).map((key) => ({
      ...keyWords[key],
      ...{ checked: sendKey.key === key, oneOf: true },
      run: () => {
        sendKey.key = key
      },
    })),
  ]
}
