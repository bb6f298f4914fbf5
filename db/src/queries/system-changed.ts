/** About the installation as a whole, so there is no subject to name. */
export const systemChanged = {
  type: 'system.changed',
  subjectId: '00000000-0000-0000-0000-000000000000',
} as const
