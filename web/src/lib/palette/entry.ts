import type { LabelColor } from '@partyline/contracts/label-colors'
import type { Component } from 'svelte'

export type PalettePage = 'everything' | 'assign' | 'label' | 'snooze'

/** Something to choose in the palette. */
export interface Entry {
  id: string
  group: string
  label: string
  hint?: string
  icon?: Component<{ size?: number | string }>
  /** A person, drawn as such. */
  person?: string
  color?: LabelColor
  keys?: string
  checked?: boolean
  /** Leads to another page, or changes this one: the palette stays. */
  stays?: boolean
  run: () => unknown
}

/** Every word that was typed begins a word of the label, or is in it somewhere. */
export function fits(entry: Pick<Entry, 'label' | 'hint'>, q: string): boolean {
  const text = `${entry.label} ${entry.hint ?? ''}`.toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
