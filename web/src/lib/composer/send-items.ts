import type { MenuItem } from '../menu-items.ts'
import { presets } from './presets.ts'
import type { SendKey, SendKeyState } from './send-key.svelte.ts'
import { formatClock } from './when.ts'

interface Given {
  now: Date
  sendKey: SendKeyState
  canSchedule: boolean
  onsendat: (at: Date) => void
  onpick: () => void
}

const keyWords: Record<SendKey, { label: string; keys: string }> = {
  enter: { label: 'Enter sends', keys: 'enter' },
  'mod+enter': { label: 'Enter begins a line', keys: 'mod+enter' },
}

/** When to send, and with which key. */
export function sendItems({ now, sendKey, canSchedule, onsendat, onpick }: Given): MenuItem[] {
  return [
    { heading: 'Send later' },
    ...presets(now).map(({ label, at }) => ({
      label: `${label}, ${formatClock(at)}`,
      disabled: !canSchedule,
      run: () => onsendat(at),
    })),
    { label: 'Choose a time…', disabled: !canSchedule, run: onpick },
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
