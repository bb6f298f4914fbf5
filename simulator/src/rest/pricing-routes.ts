import type { Scope } from '../scope.ts'
import { notFound } from './twilio-error.ts'

interface Params {
  iso: string
}

/** Twilio's Pricing API. Its host is not part of the path, so `/v1/Messaging` is its alone here. */
export function pricingRoutes(http: Scope): void {
  http.get<{ Params: Params }>('/Countries/:iso', async ({ params, url }) => {
    const found = countries[params.iso]
    if (!found) throw notFound(url)
    const { name, carriers, inbound } = found
    return {
      country: name,
      iso_country: params.iso,
      outbound_sms_prices: carriers.map(([carrier, mcc, mnc, price]) => ({
        ...{ carrier, mcc, mnc },
        prices: senderTypes.map((number_type) => ({
          ...{ number_type, base_price: price, current_price: price },
        })),
      })),
      inbound_sms_prices: senderTypes.map((number_type) => ({
        ...{ number_type, base_price: inbound, current_price: inbound },
      })),
      price_unit: 'USD',
      url: `https://pricing.twilio.com/v1/Messaging/Countries/${params.iso}`,
    }
  })
}

const senderTypes = ['mobile', 'local', 'shortcode', 'toll-free'] as const

/** Carrier, mobile country and network code, and price; the simulated world has these and no others. */
const countries: Partial<
  Record<string, { name: string; inbound: string; carriers: [string, string, string, string][] }>
> = {
  US: {
    name: 'United States',
    inbound: '0.0083',
    carriers: [
      ['AT&T', '310', '410', '0.0083'],
      ['T-Mobile', '310', '260', '0.0083'],
      ['Verizon', '311', '480', '0.0083'],
    ],
  },
  CA: { name: 'Canada', inbound: '0.0083', carriers: [['Rogers', '302', '720', '0.0083']] },
  GB: {
    name: 'United Kingdom',
    inbound: '0.0075',
    carriers: [
      ['EE', '234', '30', '0.0524'],
      ['Vodafone', '234', '15', '0.0524'],
    ],
  },
  DE: {
    name: 'Germany',
    inbound: '0.0075',
    carriers: [
      ['Telekom', '262', '01', '0.1120'],
      ['O2', '262', '07', '0.0970'],
    ],
  },
  FR: { name: 'France', inbound: '0.0075', carriers: [['Orange', '208', '01', '0.0798']] },
  MX: { name: 'Mexico', inbound: '0.0075', carriers: [['Telcel', '334', '020', '0.0525']] },
  AU: { name: 'Australia', inbound: '0.0075', carriers: [['Telstra', '505', '01', '0.0515']] },
}
