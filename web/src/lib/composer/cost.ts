import type { SegmentPrice } from '@partyline/contracts/api/prices'
import type { Reach } from '@partyline/contracts/api/reach'

export interface Cost {
  amount: number
  currency: string
}

/** What a text costs; undefined unless the price of every country it goes to is known, in one currency. */
export function costOf(
  countries: Reach['countries'],
  prices: readonly SegmentPrice[],
  segments: number,
): Cost | undefined {
  let amount = 0
  let currency: string | undefined
  for (const { country, recipients } of countries) {
    if (recipients === 0) continue
    const known = prices.find((each) => each.country === country)
    if (known?.price == null || known.currency === null) return undefined
    if (currency !== undefined && currency !== known.currency) return undefined
    currency = known.currency
    amount += known.price * recipients * segments
  }
  return currency === undefined ? undefined : { amount, currency }
}

/** `$0.62`, and `$0.0083` where cents would say nothing. */
export function formatCost({ amount, currency }: Cost): string {
  const digits = amount > 0 && amount < 0.01 ? 4 : 2
  return new Intl.NumberFormat(undefined, {
    ...{ style: 'currency', currency, currencyDisplay: 'narrowSymbol' },
    ...{ minimumFractionDigits: 2, maximumFractionDigits: digits },
  }).format(amount)
}
