/** What a label may be coloured with: names, so that each theme picks its own accessible hue. */
export const labelColors = [
  'gray',
  'red',
  'orange',
  'amber',
  'green',
  'teal',
  'blue',
  'indigo',
  'purple',
  'pink',
] as const

export type LabelColor = (typeof labelColors)[number]
