export type Place = 'inbox' | 'home' | 'contacts' | 'settings'

const alone = ['home', 'contacts', 'settings'] as const

/** Which part of the dashboard a route belongs to. Those but the inbox have the page for themselves. */
export function placeOf(routeId: string | null): Place {
  const first = routeId?.split('/').find((part) => part !== '' && !part.startsWith('('))
  if (first === 'lines') return 'settings'
  return alone.find((place) => place === first) ?? 'inbox'
}
