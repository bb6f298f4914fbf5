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
        prices: pricesOf(price),
      })),
      inbound_sms_prices: pricesOf(inbound),
      price_unit: 'USD',
      url: `https://pricing.twilio.com/v1/Messaging/Countries/${params.iso}`,
    }
  })
}

const senderTypes = ['mobile', 'local', 'shortcode', 'toll-free'] as const

const pricesOf = (price: string) =>
  senderTypes.map((number_type) => ({ number_type, base_price: price, current_price: price }))

type Carrier = [name: string, mcc: string, mnc: string, price: string]

const country = (name: string, inbound: string, ...carriers: Carrier[]) => ({
  name,
  inbound,
  carriers,
})

/** By carrier with its mobile country and network code; the simulated world has these and no others. */
const countries: Partial<Record<string, ReturnType<typeof country>>> = {
  US: country(
    'United States',
    '0.0083',
    ['AT&T', '310', '410', '0.0083'],
    ['T-Mobile', '310', '260', '0.0083'],
    ['Verizon', '311', '480', '0.0083'],
  ),
  CA: country('Canada', '0.0083', ['Rogers', '302', '720', '0.0083']),
  GB: country(
    'United Kingdom',
    '0.0075',
    ['EE', '234', '30', '0.0524'],
    ['Vodafone', '234', '15', '0.0524'],
  ),
  DE: country(
    'Germany',
    '0.0075',
    ['Telekom', '262', '01', '0.1120'],
    ['O2', '262', '07', '0.0970'],
  ),
  FR: country('France', '0.0075', ['Orange', '208', '01', '0.0798']),
  MX: country('Mexico', '0.0075', ['Telcel', '334', '020', '0.0525']),
  AU: country('Australia', '0.0075', ['Telstra', '505', '01', '0.0515']),
}
