interface PhoneText {
  body: string
  fromPhone: boolean
  status: string
  media: { url: string; contentType: string }[]
}

export interface Phone {
  address: string
  text: (to: string, body: string, media?: { contentType: string; data: string }[]) => Promise<void>
  /** What it received, oldest first. */
  received: () => Promise<PhoneText[]>
  bodies: () => Promise<string[]>
  /** How it takes texts: the words of the phones page. */
  behave: (
    behaviour: 'receives' | 'silent' | 'off' | 'blocks' | 'unknown' | 'filtered',
  ) => Promise<void>
}

export interface Phones {
  /** Its texts go to Partyline, unless to `smsUrl`. */
  addLine(address: string, name: string, smsUrl?: string): Promise<void>
  add(address: string, name: string): Promise<Phone>
  misbehave(switches: Record<string, unknown>): Promise<void>
}

/** The simulator's phones, over the public port as the phones page uses them. */
export function createPhones(url: string): Phones {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${url}/simulator/api${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  return {
    async addLine(address, name, smsUrl) {
      await ask('POST', '/lines', { address, name, ...(smsUrl !== undefined && { smsUrl }) })
    },
    async add(address, name) {
      const { id } = (await ask('POST', '/phones', { address, name })) as { id: number }
      const received = async () => {
        const { items } = (await ask('GET', `/phones/${id}/messages`)) as { items: PhoneText[] }
        return items.filter((item) => !item.fromPhone)
      }
      return {
        address,
        received,
        async text(to, body, media = []) {
          await ask('POST', `/phones/${id}/texts`, { to, body, media })
        },
        async behave(behaviour) {
          await ask('PATCH', `/phones/${id}`, { behaviour })
        },
        bodies: async () => (await received()).map((text) => text.body),
      }
    },
    async misbehave(switches) {
      await ask('POST', '/misbehave', switches)
    },
  }
}
