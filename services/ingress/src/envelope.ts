/**
 * Collects what arrives in one turn of the event loop and sends it as one: under load a hundred webhooks
 * cost one round trip, and a lone one waits for nobody. Each caller learns what became of its envelope.
 */
export function createEnvelope<Item>(
  send: (items: Item[]) => Promise<void>,
  maxItems: number,
): (item: Item) => Promise<void> {
  let open: { items: Item[]; sent: PromiseWithResolvers<void> } | undefined

  function close() {
    if (!open) return
    const { items, sent } = open
    open = undefined
    send(items).then(sent.resolve, sent.reject)
  }

  return (item) => {
    if (!open) {
      open = { items: [], sent: Promise.withResolvers() }
      setImmediate(close)
    }
    const { items, sent } = open
    items.push(item)
    if (items.length >= maxItems) close()
    return sent.promise
  }
}
