import { countryOf } from '@partyline/contracts/country'
import { listPlaces } from '@partyline/db/queries/places'
import {
  claimPriceLooks,
  setPrice,
  setPriceProblem,
  wantPrices,
} from '@partyline/db/queries/prices'
import type { JobDeps } from '../deps.ts'
import { choosePrice } from './choose-price.ts'

const hourMs = 3_600_000
const atATime = 5
const againInMinutes = { later: 10, refused: 6 * 60 }

/**
 * Keeps the prices of the countries that our contacts have, each asked for once a day by one of the
 * dispatchers. A price that cannot be had harms nothing: what is sent does not wait for it.
 */
export function createPriceLooking(): (deps: JobDeps) => Promise<void> {
  let placesAt = -Infinity
  return async (deps) => {
    if (performance.now() - placesAt > hourMs) {
      const places = await listPlaces(deps.db)
      const countries = new Set(places.flatMap((address) => countryOf(address) ?? []))
      await wantPrices(deps.db, [...countries])
      placesAt = performance.now()
    }
    for (;;) {
      const countries = deps.stopping.aborted ? [] : await claimPriceLooks(deps.db, atATime)
      if (countries.length === 0) return
      for (const country of countries) await look(deps, country)
    }
  }
}

async function look({ db, twilio, log }: JobDeps, country: string): Promise<void> {
  const told = await twilio.prices.fetch(country)
  if (told.outcome === 'told') {
    const price = choosePrice(told.value.prices)
    const { currency } = told.value
    if (price !== undefined) return setPrice(db, { country, price, currency })
    const problem = 'Twilio’s price list has no price for texts to this country.'
    return setPriceProblem(db, { country, problem, againInMinutes: 24 * 60 })
  }
  const { outcome, problem } = told
  log.warn({ country, reason: problem }, 'the price of a segment is not known')
  return setPriceProblem(db, { country, problem, againInMinutes: againInMinutes[outcome] })
}
