/** What a line is for, to choose from. */
export const lineModes = [
  {
    value: 'inbox',
    label: 'Inbox',
    text: 'Everybody who texts it has a thread of their own, which your users answer.',
  },
  {
    value: 'group',
    label: 'Group',
    text: 'What one member texts goes to all others. Make the group next.',
  },
] as const
