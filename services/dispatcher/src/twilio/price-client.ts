import type { SenderPrice } from '../prices/choose-price.ts'
import type { Twilio as Sdk } from 'twilio'
import { problemOf } from './account-problem.ts'
import type { Told } from './account-client.ts'

/** What texts to a country cost, by Twilio's price list. */
export interface CountryPrices {
  currency: string
  prices: SenderPrice[]
}

/** Twilio's Pricing API. Nothing here throws. */
export interface PriceClient {
  fetch(country: string): Promise<Told<CountryPrices>>
}

/** As the list has them; the SDK leaves them as they come. */
interface Listed {
  prices?: { current_price?: string; base_price?: string; number_type?: string }[] | null
}

export function createPriceClient(sdk: Sdk): PriceClient {
  return {
    async fetch(country) {
      try {
        const listed = await sdk.pricing.v1.messaging.countries(country).fetch()
        const carriers = listed.outboundSmsPrices as unknown as Listed[] | null
        const prices = (carriers ?? []).flatMap(({ prices }) =>
          (prices ?? []).flatMap(({ current_price: price, number_type: type }) =>
            price === undefined ? [] : [{ price, type: type ?? '' }],
          ),
        )
        return { outcome: 'told', value: { currency: listed.priceUnit.toUpperCase(), prices } }
      } catch (error) {
        return problemOf(error)
      }
    },
  }
}
