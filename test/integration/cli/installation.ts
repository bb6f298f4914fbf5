import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { examine } from '@partyline/cli/doctor/examine'
import type { Fixing } from '@partyline/cli/doctor/fix-lines'
import { readSettings } from '@partyline/cli/doctor/settings'
import { connectPostgres } from '@partyline/db/client'
import { Redis } from 'ioredis'
import { runProduct } from '../../support/run-product.ts'
import { createStack } from '../../support/stack.ts'

/** The product on stores of its own, as `npm start` runs it, and what a doctor needs to look at it. */
export async function startInstallation(more: Record<string, string>) {
  await using starting = new AsyncDisposableStack()
  const stack = starting.use(await createStack())
  const stores = { DATABASE_URL: '', REDIS_URL: '', REDIS_DURABILITY: '' }
  const product = starting.use(await runProduct(stack, { env: { ...stores, ...more } }))
  const file = readFileSync(path.join(stack.dataFolder, 'running.json'), 'utf8')
  const running = (JSON.parse(file) as { env: Record<string, string> }).env
  const empty = mkdtempSync(path.join(os.tmpdir(), 'partyline-doctor-'))
  starting.defer(() => rmSync(empty, { recursive: true }))
  const redis = starting.adopt(new Redis(running['REDIS_URL'] ?? ''), (it) => it.disconnect())
  const databaseUrl = running['DATABASE_URL'] ?? ''
  const sql = starting.adopt(connectPostgres(databaseUrl, { name: 'judge', max: 1 }), (it) =>
    it.end({ timeout: 1 }),
  )
  const resources = starting.move()
  return {
    ...{ product, redis, sql, prefix: stack.prefix },
    /** Where the running product tells how to reach it. */
    folder: stack.dataFolder,
    /** The same as an environment that tells everything, and a folder where nothing runs. */
    env: { ...running, PARTYLINE_DATA: empty, QUEUE_PREFIX: stack.prefix },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** What the doctor finds, without a process of its own. */
export async function look(env: Record<string, string>, fixing?: Fixing) {
  const findings = await examine(readSettings(env), { command: 'partyline doctor', fixing })
  // How fast this machine's disk is today is no matter of these tests.
  const worse = findings.filter(({ state, about }) => state !== 'right' && about !== 'Redis writes')
  return { findings, worse, abouts: worse.map(({ about }) => about) }
}

/** The account's numbers, by Twilio's REST as the simulator has it. */
export function numbersAt(env: Record<string, string>) {
  const { TWILIO_ACCOUNT_SID: sid = '', TWILIO_AUTH_TOKEN: token = '' } = env
  const credentials = Buffer.from(`${sid}:${token}`).toString('base64')
  const url = `${env['TWILIO_API_URL'] ?? ''}/2010-04-01/Accounts/${sid}/IncomingPhoneNumbers`

  const ask = (method: string, resource: string, form?: Record<string, string>) =>
    fetch(url + resource, {
      method,
      headers: { authorization: `Basic ${credentials}` },
      ...(form && { body: new URLSearchParams(form) }),
    })

  async function find(address: string): Promise<{ sid: string; sms_url: string }> {
    const query = new URLSearchParams({ PhoneNumber: address })
    const answer = await ask('GET', `.json?${query.toString()}`)
    type List = { incoming_phone_numbers: { sid: string; sms_url: string }[] }
    const [number] = ((await answer.json()) as List).incoming_phone_numbers
    if (!number) throw new Error('no such number')
    return number
  }
  const at = async (address: string) => `/${(await find(address)).sid}.json`
  return {
    smsUrl: async (address: string) => (await find(address)).sms_url,
    async setSmsUrl(address: string, smsUrl: string) {
      await ask('POST', await at(address), { SmsUrl: smsUrl })
    },
    async remove(address: string) {
      await ask('DELETE', await at(address))
    },
  }
}
