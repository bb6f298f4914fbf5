import type { LabelColor } from '@partyline/contracts/label-colors'
import type { Component } from 'svelte'

/** A line between, a heading above, or something to do. */
export type MenuItem =
  | 'line'
  | { heading: string; text?: string }
  | {
      label: string
      /** From lucide: shown at 16 px. */
      icon?: Component<{ size?: number | string }>
      /** Of a label: a dot before its name. */
      color?: LabelColor
      /** How many there are, at the end. */
      figure?: string
      /** The key that does the same: "e", "mod+k". */
      keys?: string
      danger?: boolean
      disabled?: boolean
      /** For one that is on or off. */
      checked?: boolean
      /** Of those that are checked or not, only one can be. */
      oneOf?: boolean
      /** Stays open, so that several can be chosen. */
      stays?: boolean
      run: () => void
    }

/** What the control that opens a menu gets. Spread it onto a Button or IconButton. */
export interface OpenerProps {
  onclick: () => void
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
}
