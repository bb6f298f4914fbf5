import { z } from 'zod'
import { sunset } from './picture.ts'

interface Named {
  address: string
  name: string
}

export interface SimulatorClient {
  /** Makes an address a number of the account, unless it is one. */
  addLine(line: Named): Promise<void>
  /** A virtual phone, unless the address has one. */
  addPhone(phone: Named): Promise<void>
  /** Resolves when the webhook was answered or given up. */
  text(text: { from: string; to: string; body: string; picture: boolean }): Promise<void>
}

const state = z.object({ phones: z.array(z.object({ id: z.number(), address: z.string() })) })

/** Does what people do on the phones page, the way the page does it. */
export function createSimulatorClient(url: string): SimulatorClient {
  async function ask(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${url}/simulator/api${path}`, {
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    if (!response.ok) throw new Error(`the simulator, ${path}: ${await response.text()}`)
    return response.json()
  }
  async function find(address: string): Promise<number | undefined> {
    const { phones } = state.parse(await ask('/state'))
    return phones.find((phone) => phone.address === address)?.id
  }
  return {
    async addLine({ address, name }) {
      await ask('/lines', { address, name })
    },
    async addPhone({ address, name }) {
      if ((await find(address)) === undefined) await ask('/phones', { address, name })
    },
    async text({ from, to, body, picture }) {
      const media = picture
        ? [{ contentType: 'image/png', data: Buffer.from(sunset()).toString('base64') }]
        : []
      await ask(`/phones/${await find(from)}/texts`, { to, body, media })
    },
  }
}
