/** Browsers list some zones under the names of decades ago; the time zone database has renamed them. */
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** The name that a zone has today. */
export function currentZone(zone: string): string {
  return renamed[zone] ?? zone
}

export function ownTimeZone(): string {
  return currentZone(Intl.DateTimeFormat().resolvedOptions().timeZone)
}

/** All to choose from: first that of this browser, then the chosen one. */
export function timeZones(chosen: string): string[] {
  const all = Intl.supportedValuesOf('timeZone').map(currentZone).toSorted()
  return [...new Set([ownTimeZone(), currentZone(chosen), 'UTC', ...all])]
}
