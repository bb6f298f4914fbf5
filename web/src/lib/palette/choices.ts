import { labelEndpoints } from '@partyline/contracts/api/labels'
import UserRoundX from '@lucide/svelte/icons/user-round-x'
import AlarmClock from '@lucide/svelte/icons/alarm-clock'
import CalendarClock from '@lucide/svelte/icons/calendar-clock'
import Plus from '@lucide/svelte/icons/plus'
import { formatFull } from '../dates.ts'
import { hueOf } from '../hue-of.ts'
import type { Desk } from './desk.ts'
import type { Entry } from './entry.ts'
import { snoozeTimes } from './snooze-times.ts'

export function assignEntries({ workspace, them }: Desk): Entry[] {
  const { colleagues, actions, user } = workspace
  const group = 'Assign to'
  const people = colleagues.items.map(({ id, name }) => ({
    ...{ id, group, label: id === user.id ? `${name} (you)` : name, person: name },
    checked: them.every(({ assigneeId }) => assigneeId === id),
    run: () => actions.assign(them, { id, name }),
  }))
  const nobody: Entry = {
    ...{ id: 'nobody', group, label: 'Nobody', icon: UserRoundX },
    checked: them.every(({ assigneeId }) => assigneeId === null),
    run: () => actions.assign(them, null),
  }
  return [...people, nobody]
}

export function labelEntries({ workspace, them, api, toasts, goto }: Desk, q: string): Entry[] {
  const { labels, actions } = workspace
  const group = 'Label'
  const known = labels.items.map((label) => {
    const checked = them.every(({ labelIds }) => labelIds.includes(label.id))
    return {
      ...{ id: label.id, group, label: label.name, color: label.color, checked },
      run: () => actions.label(them, label, !checked),
    }
  })
  const name = q.trim()
  if (name === '' && known.length === 0) {
    const run = () => goto('/settings/labels')
    return [
      { id: 'new-label', group: 'There are no labels yet', label: 'Make a label', icon: Plus, run },
    ]
  }
  const isKnown = labels.items.some((one) => one.name.toLowerCase() === name.toLowerCase())
  if (name === '' || isKnown) return known
  const create = () =>
    toasts.attempt(async () => {
      const body = { name, color: hueOf(name) }
      await actions.label(them, await api.call(labelEndpoints.create, { body }), true)
    })
  return [
    ...known,
    { id: 'new-label', group: 'New', label: `Make the label “${name}”`, icon: Plus, run: create },
  ]
}

export function snoozeEntries(
  { workspace: { actions }, them, pickTime }: Desk,
  now: Date,
): Entry[] {
  const group = 'Snooze until'
  const times = snoozeTimes(now).map(({ label, at }) => ({
    ...{ id: label, group, label, icon: AlarmClock },
    hint: formatFull(at.toISOString()),
    run: () => actions.snooze(them, at.toISOString(), formatFull(at.toISOString())),
  }))
  return [
    ...times,
    {
      id: 'own-time',
      group,
      label: 'Pick a time…',
      icon: CalendarClock,
      run: () => pickTime(them),
    },
  ]
}
