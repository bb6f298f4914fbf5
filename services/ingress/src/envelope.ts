/** How long a webhook may wait for the envelope before its own to arrive. */
const maxWaitMs = 10

/**
 * Collects what arrives in one turn of the event loop and sends it as one: under load a hundred webhooks
 * cost one round trip and one sync of the disk, and a lone one waits for nobody. While an envelope is on
 * its way the next one collects, but a store that hangs delays nobody by more than `maxWaitMs`. Each
 * caller learns what became of its envelope.
 */
export function createEnvelope<Item>(
  send: (items: Item[]) => Promise<void>,
  maxItems: number,
): (item: Item) => Promise<void> {
  let open: { items: Item[]; sent: PromiseWithResolvers<void>; cancel: () => void } | undefined
  let onTheirWay = 0

  function close() {
    if (!open) return
    const { items, sent, cancel } = open
    open = undefined
    cancel()
    onTheirWay += 1
    send(items)
      .finally(() => {
        onTheirWay -= 1
        close()
      })
      .then(sent.resolve, sent.reject)
  }

  return (item) => {
    open ??= { items: [], sent: Promise.withResolvers(), cancel: later(close, onTheirWay > 0) }
    const { items, sent } = open
    items.push(item)
    if (items.length >= maxItems) close()
    return sent.promise
  }
}

/** At the end of this turn of the event loop, or when the wait is over. */
function later(close: () => void, wait: boolean): () => void {
  if (wait) {
    const timer = setTimeout(close, maxWaitMs)
    return () => clearTimeout(timer)
  }
  const immediate = setImmediate(close)
  return () => clearImmediate(immediate)
}
