export interface Welcome {
  publicUrl: string
  /** Null once somebody has set Partyline up. */
  setupLink: string | null
  signIn: { email: string; password: string } | null
  simulated: boolean
}

/** What is printed once everything runs; `last` is what to do next. */
export function welcomeText(
  { publicUrl, setupLink, signIn, simulated }: Welcome,
  last: string,
): string {
  const rows: [string, string][] = [['Dashboard', publicUrl]]
  if (signIn) rows.push(['Sign in', `${signIn.email}  ${signIn.password}`])
  if (setupLink) rows.push(['Set up', `${setupLink}  (once, within 30 minutes)`])
  if (simulated) rows.push(['Phones', `${publicUrl}/simulator`])
  return [
    '',
    'Partyline is running.',
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(10)} ${value}`),
    '',
    last,
  ].join('\n')
}
