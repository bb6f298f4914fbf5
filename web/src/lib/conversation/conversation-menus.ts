import type { Conversation } from '@partyline/contracts/api/conversations'
import AlarmClock from '@lucide/svelte/icons/alarm-clock'
import CalendarClock from '@lucide/svelte/icons/calendar-clock'
import Plus from '@lucide/svelte/icons/plus'
import { formatFull } from '../dates.ts'
import type { MenuItem } from '../menu-items.ts'
import { snoozeTimes } from '../palette/snooze-times.ts'
import type { Workspace } from '../workspace.ts'

type Desk = Pick<Workspace, 'actions' | 'colleagues' | 'labels' | 'user'>

/** Who a conversation may be given to. */
export function assignItems(desk: Desk, one: Conversation): MenuItem[] {
  const { actions, colleagues, user } = desk
  return [
    ...colleagues.items.map(({ id, name }) => ({
      label: id === user.id ? `${name} (you)` : name,
      ...{ checked: one.assigneeId === id, oneOf: true },
      run: () => void actions.assign([one], { id, name }),
    })),
    'line',
    {
      label: 'Nobody',
      ...{ checked: one.assigneeId === null, oneOf: true },
      run: () => void actions.assign([one], null),
    },
  ]
}

/** `onmake`: where there are none, each user may make one. */
export function labelItems(
  { actions, labels }: Desk,
  one: Conversation,
  onmake: () => void,
): MenuItem[] {
  if (labels.items.length === 0) {
    return [
      { heading: 'There are no labels yet' },
      { label: 'Make a label', icon: Plus, run: onmake },
    ]
  }
  return labels.items.map((label) => {
    const checked = one.labelIds.includes(label.id)
    return {
      ...{ label: label.name, color: label.color, checked, stays: true },
      run: () => void actions.label([one], label, !checked),
    }
  })
}

interface Snoozing {
  /** Told before it is out of the way. */
  onsnooze: () => void
  onpicktime: () => void
}

export function snoozeItems(
  { actions }: Desk,
  one: Conversation,
  { onsnooze, onpicktime }: Snoozing,
): MenuItem[] {
  const wake: MenuItem[] =
    one.snoozedUntil === null
      ? []
      : ['line', { label: 'Wake it now', run: () => void actions.reopen([one]) }]
  const times = snoozeTimes(new Date()).map(({ label, at }) => ({
    ...{ label, icon: AlarmClock },
    run: () => {
      onsnooze()
      void actions.snooze([one], at.toISOString(), formatFull(at.toISOString()))
    },
  }))
  const own = { label: 'Pick a time…', icon: CalendarClock, run: onpicktime }
  return [...times, own, ...wake]
}
