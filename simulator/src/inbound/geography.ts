export interface Place {
  city: string
  state: string
  zip: string
  country: string
}

/** Area code → where its numbers are registered. Enough to look real; the rest is unknown, as with Twilio. */
const areas: Record<string, readonly [city: string, state: string, zip: string]> = {
  202: ['WASHINGTON', 'DC', '20001'],
  206: ['SEATTLE', 'WA', '98101'],
  212: ['NEW YORK', 'NY', '10001'],
  213: ['LOS ANGELES', 'CA', '90012'],
  214: ['DALLAS', 'TX', '75201'],
  215: ['PHILADELPHIA', 'PA', '19102'],
  303: ['DENVER', 'CO', '80202'],
  305: ['MIAMI', 'FL', '33131'],
  312: ['CHICAGO', 'IL', '60601'],
  313: ['DETROIT', 'MI', '48226'],
  401: ['PROVIDENCE', 'RI', '02903'],
  404: ['ATLANTA', 'GA', '30303'],
  415: ['SAN FRANCISCO', 'CA', '94103'],
  503: ['PORTLAND', 'OR', '97210'],
  504: ['NEW ORLEANS', 'LA', '70112'],
  512: ['AUSTIN', 'TX', '78701'],
  602: ['PHOENIX', 'AZ', '85004'],
  612: ['MINNEAPOLIS', 'MN', '55401'],
  615: ['NASHVILLE', 'TN', '37201'],
  617: ['BOSTON', 'MA', '02108'],
  619: ['SAN DIEGO', 'CA', '92101'],
  702: ['LAS VEGAS', 'NV', '89101'],
  713: ['HOUSTON', 'TX', '77002'],
  801: ['SALT LAKE CITY', 'UT', '84101'],
  808: ['HONOLULU', 'HI', '96813'],
  907: ['ANCHORAGE', 'AK', '99501'],
}

const canadian: Record<string, readonly [city: string, state: string]> = {
  416: ['TORONTO', 'ON'],
  514: ['MONTREAL', 'QC'],
  604: ['VANCOUVER', 'BC'],
}

const countries: [prefix: string, country: string][] = [
  ['+44', 'GB'],
  ['+49', 'DE'],
  ['+33', 'FR'],
  ['+34', 'ES'],
  ['+39', 'IT'],
  ['+52', 'MX'],
  ['+55', 'BR'],
  ['+61', 'AU'],
  ['+91', 'IN'],
  ['+1', 'US'],
]

/** What Twilio would say about where a number is from. What it does not know is an empty text. */
export function placeOf(address: string): Place {
  const code = /^\+1(\d{3})/.exec(address)?.[1] ?? ''
  const north = canadian[code]
  if (north) return { city: north[0], state: north[1], zip: '', country: 'CA' }
  const [city, state, zip] = areas[code] ?? ['', '', '']
  const country = countries.find(([prefix]) => address.startsWith(prefix))?.[1] ?? ''
  return { city, state, zip, country }
}
