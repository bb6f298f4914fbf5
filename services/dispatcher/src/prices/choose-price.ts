export interface SenderPrice {
  /** Decimal, of one segment. */
  price: string
  /** Of the sender: `local`, `mobile`, `toll-free`, `shortcode` … */
  type: string
}

/**
 * One price of a country's list, which has one for each carrier and kind of sender: that of an ordinary
 * number, and of its carriers the dearest, so that what is announced is not less than what is charged.
 */
export function choosePrice(prices: readonly SenderPrice[]): string | undefined {
  const valid = prices.filter(({ price }) => price !== '' && Number(price) >= 0)
  const ordinary = valid.filter(({ type }) => type === 'local' || type === 'mobile')
  const eligible = ordinary.length > 0 ? ordinary : valid
  return eligible.toSorted((a, b) => Number(b.price) - Number(a.price))[0]?.price
}
