import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { whyUnreachable } from '@partyline/contracts/public-address'
import { isPublicAddress } from '@partyline/dispatcher/twilio/public-only'
import { type Finding, notice, right, wrong } from './finding.ts'
import { readCertificate } from './read-certificate.ts'
import { whyOf } from './why-of.ts'

const about = 'PUBLIC_URL'
const soonDays = 14

/** The address by itself, before anybody is asked there. With the simulator it may lead to this machine only. */
export async function checkPublicUrl(publicUrl: string, simulated: boolean): Promise<Finding[]> {
  const unreachable = simulated ? null : whyUnreachable(publicUrl)
  if (unreachable !== null) {
    const [says = unreachable, step = ''] = unreachable.split(/(?<=\.) (?=Set )/)
    return [wrong(about, says, step)]
  }
  const url = new URL(publicUrl)
  if (url.protocol === 'https:') {
    return [await resolves(url, simulated), await certificate(url)]
  }
  if (simulated) return [await resolves(url, simulated)]
  const says = `${publicUrl} is not https: texts and passwords could be read on the way.`
  const step = 'Set DOMAIN (docker compose) or put a proxy with TLS before it, and use https.'
  return [await resolves(url, simulated), wrong(about, says, step)]
}

async function resolves({ hostname, origin }: URL, simulated: boolean): Promise<Finding> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return right(about, `${origin}.`)
  try {
    const found = (await lookup(host, { all: true })).map(({ address }) => address)
    if (simulated || found.some(isPublicAddress))
      return right(about, `${origin}, ${found.join(', ')}.`)
    const says = `From here ${host} is ${found.join(', ')}, which is no address of the internet.`
    return notice(about, says, 'See that it has another one outside, where Twilio asks.')
  } catch (error) {
    const step = 'Set its DNS record, or correct PUBLIC_URL.'
    return wrong(about, `The name ${host} does not resolve: ${whyOf(error)}.`, step)
  }
}

async function certificate(url: URL): Promise<Finding> {
  const about = 'Certificate'
  try {
    const { problem, until } = await readCertificate(url)
    const days = Math.floor((until.getTime() - Date.now()) / 86_400_000)
    if (problem !== undefined) {
      const says = `The one of ${url.host} is not accepted: ${problem}.`
      const step = 'Twilio accepts only certificates of public authorities, for this very name.'
      return wrong(about, says, step)
    }
    if (days < soonDays) {
      const says = `The one of ${url.host} ends in ${days} days, on ${until.toISOString().slice(0, 10)}.`
      return wrong(about, says, 'Renew it; see why it was not renewed by itself.')
    }
    return right(about, `Valid for ${days} days.`)
  } catch (error) {
    const step = 'See that TLS is served there.'
    return wrong(about, `${url.host} shows none: ${whyOf(error)}.`, step)
  }
}
