import type { Door, DoorDeps } from './ask-door.ts'
import { askDoor } from './ask-door.ts'
import { type Finding, notice, right, wrong } from './finding.ts'
import { whyOf } from './why-of.ts'

const about = 'Webhook door'

/** Whether PUBLIC_URL leads to this installation, and it takes what Twilio signs with our token. */
export async function checkDoor(deps: DoorDeps): Promise<Finding[]> {
  const { publicUrl, connectTo } = deps
  const way = connectTo === publicUrl ? publicUrl : `${connectTo}, in place of ${publicUrl}`
  try {
    return [judge(await askDoor(deps), way, publicUrl)]
  } catch (error) {
    const says = `${way} cannot be reached from here: ${whyOf(error)}.`
    const step = `Try curl -i -X POST ${publicUrl}/webhooks/twilio/messages from outside: 403 means that the way is free there. If it is not, look at DNS, the firewall and the proxy.`
    return [wrong(about, says, step)]
  }
}

function judge(door: Door, way: string, publicUrl: string): Finding {
  if (door.who === 'stranger') return stranger(door, way)
  if (!door.accepts) return refused(door, way, publicUrl)
  if (door.noted === undefined) {
    const says = `At ${way} a Partyline takes a signature made with this token. Redis cannot say whether it is this one.`
    return notice(about, says)
  }
  if (!door.noted) {
    const says = `At ${way} a Partyline takes a signature made with this token, but it does not use this Redis: perhaps another installation.`
    const step =
      'Compare REDIS_URL and QUEUE_PREFIX there and here. After many refused webhooks in the last minute, ask again later.'
    return notice(about, says, step)
  }
  return right(about, `${way} leads here, and takes a signature made with this token.`)
}

function stranger({ status, location }: Door & { who: 'stranger' }, way: string): Finding {
  if (status >= 300 && status < 400) {
    const says = `${way} redirects${location ? ` to ${originOf(location)}` : ''}, which turns webhooks into something else.`
    return wrong(about, says, 'Set PUBLIC_URL to the address that it redirects to, and restart.')
  }
  if (status >= 502 && status <= 504) {
    const says = `A proxy answers at ${way}, but does not reach ingress (${status}).`
    const step = 'See that ingress runs, and that the proxy hands /webhooks to it.'
    return wrong(about, says, step)
  }
  const says = `Another server answers at ${way} (${status}), not Partyline’s ingress.`
  const step =
    'Point the name in PUBLIC_URL at this machine, and have the proxy hand /webhooks to ingress as it is.'
  return wrong(about, says, step)
}

function refused(
  { why, noted }: Door & { who: 'partyline'; accepts: false },
  way: string,
  publicUrl: string,
): Finding {
  if (why.cause === 'account') {
    const says = `The Partyline at ${way} is of another Twilio account.`
    return wrong(about, says, `${restart} Compare TWILIO_ACCOUNT_SID there and here.`)
  }
  if (why.checkedAs !== undefined && why.checkedAs !== publicUrl) {
    const says = `Ingress checks signatures against ${why.checkedAs}, not against ${publicUrl}.`
    return wrong(about, says, `${restart} Twilio must be told the same address, letter by letter.`)
  }
  const whose = noted ? 'This ingress' : `The Partyline at ${way}`
  const says = `${whose} refuses a signature made with the TWILIO_AUTH_TOKEN that is set here.`
  return wrong(about, says, `${restart} If that does not help, compare the tokens there and here.`)
}

const restart = 'Restart the services, so that all have the same settings.'

const originOf = (location: string) => URL.parse(location)?.origin ?? location
