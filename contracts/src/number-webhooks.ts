/** What a number at Twilio does with texts, by the names that Twilio's SDK gives its fields. */
export interface NumberWebhooks {
  smsUrl: string
  smsMethod: string
  smsFallbackUrl: string
  smsFallbackMethod: string
  /** When set, Twilio asks this application and no webhook of the number. */
  smsApplicationSid: string
}

/** What a Messaging Service does with the texts to its numbers. */
export interface ServiceWebhooks {
  inboundRequestUrl: string
  inboundMethod: string
  fallbackUrl: string
  fallbackMethod: string
}

export interface FoundWebhooks extends NumberWebhooks {
  /** The service that answers for this number in its place; null when the number's own webhooks count. */
  service: (ServiceWebhooks & { sid: string }) | null
}

export interface WebhookProblem {
  field: keyof NumberWebhooks | keyof ServiceWebhooks
  /** As it is at Twilio; null for nothing. Without what may be a secret in an address. */
  found: string | null
  wanted: string
  /** `lost`: texts do not reach Partyline. `fragile`: they do, but what goes wrong once is not tried again. */
  effect: 'lost' | 'fragile'
  sentence: string
}

const path = '/webhooks/twilio/messages'
/**
 * By itself Twilio tries again only when it cannot connect, and once. All tries together have 15 seconds,
 * so each is short.
 */
const overrides = '#rc=5&rp=all&ct=2000&rt=4000'

/** What a number should have; may be handed to the SDK as it is. */
export function wantedWebhooks(publicUrl: string): NumberWebhooks {
  const url = publicUrl.replace(/\/+$/, '') + path + overrides
  return {
    smsUrl: url,
    smsMethod: 'POST',
    // The same door: a text it takes twice is taken in once.
    smsFallbackUrl: url,
    smsFallbackMethod: 'POST',
    smsApplicationSid: '',
  }
}

/** What a Messaging Service should have that answers for its numbers. */
export function wantedServiceWebhooks(publicUrl: string): ServiceWebhooks {
  const { smsUrl, smsFallbackUrl } = wantedWebhooks(publicUrl)
  return {
    inboundRequestUrl: smsUrl,
    inboundMethod: 'POST',
    fallbackUrl: smsFallbackUrl,
    fallbackMethod: 'POST',
  }
}

/** What keeps texts to a number from reaching this Partyline, or from reaching it when it was away. */
export function webhookProblems(found: FoundWebhooks, publicUrl: string): WebhookProblem[] {
  const { service, smsApplicationSid: application } = found
  if (!service && application !== '') {
    const sentence = `Its texts are given to the application ${application}, not to Partyline.`
    return [
      { field: 'smsApplicationSid', found: application, wanted: '', effect: 'lost', sentence },
    ]
  }
  const is = routeOf(found)
  const wants = routeOf({ ...wantedWebhooks(publicUrl), service: null })
  const names = service ? serviceNames : numberNames
  const problem = (
    part: keyof Route,
    effect: WebhookProblem['effect'],
    sentence: string,
  ): WebhookProblem => ({
    ...{ field: names[part], effect, sentence, wanted: wants[part] },
    found: is[part] === '' ? null : withoutSecrets(is[part]),
  })
  if (!leadsHere(is.url, publicUrl)) return [problem('url', 'lost', whereTo(found))]
  const problems: WebhookProblem[] = []
  if (!isPost(is.method)) {
    problems.push(problem('method', 'lost', 'Its webhook is called with GET, not with POST.'))
  }
  if (!triesAgain(is.url)) {
    problems.push(problem('url', 'fragile', 'Twilio does not try a text again that failed.'))
  }
  if (!leadsHere(is.fallback, publicUrl)) {
    const sentence = 'It has no second way to Partyline for texts that failed on the first.'
    problems.push(problem('fallback', 'fragile', sentence))
  } else if (!isPost(is.fallbackMethod)) {
    const sentence = 'Its fallback is called with GET, not with POST.'
    problems.push(problem('fallbackMethod', 'fragile', sentence))
  }
  return problems
}

/** Where texts go instead, when somebody else's program takes them: what must not be changed unasked. */
export function takenBy(found: FoundWebhooks, publicUrl: string): string | null {
  if (!found.service && found.smsApplicationSid !== '') return found.smsApplicationSid
  const { url } = routeOf(found)
  const isFree = url === '' || leadsHere(url, publicUrl) || isTwiliosOwn(url)
  return isFree ? null : withoutSecrets(url)
}

/** What counts for a number, wherever it is set. */
interface Route {
  url: string
  method: string
  fallback: string
  fallbackMethod: string
}

const numberNames = {
  url: 'smsUrl',
  method: 'smsMethod',
  fallback: 'smsFallbackUrl',
  fallbackMethod: 'smsFallbackMethod',
} as const satisfies Record<keyof Route, keyof NumberWebhooks>

const serviceNames = {
  url: 'inboundRequestUrl',
  method: 'inboundMethod',
  fallback: 'fallbackUrl',
  fallbackMethod: 'fallbackMethod',
} as const satisfies Record<keyof Route, keyof ServiceWebhooks>

function routeOf({ service, ...own }: FoundWebhooks): Route {
  if (!service) {
    const { smsUrl: url, smsMethod: method, smsFallbackUrl, smsFallbackMethod } = own
    return { url, method, fallback: smsFallbackUrl, fallbackMethod: smsFallbackMethod }
  }
  const { inboundRequestUrl: url, inboundMethod: method, fallbackUrl, fallbackMethod } = service
  return { url, method, fallback: fallbackUrl, fallbackMethod }
}

function whereTo(found: FoundWebhooks): string {
  const { url } = routeOf(found)
  const whose = found.service ? 'The webhook of its Messaging Service' : 'Its webhook'
  if (url === '') return `${whose} is not set, so its texts go nowhere.`
  return `${whose} points at ${withoutSecrets(url)}, not at Partyline.`
}

const isPost = (method: string) => method.toUpperCase() === 'POST'

/** Letter by letter, as a signature is over the address as it is written; a query does no harm. */
function leadsHere(url: string, publicUrl: string): boolean {
  const [address = ''] = url.split(/[?#]/)
  const [wanted = ''] = wantedWebhooks(publicUrl).smsUrl.split('#')
  return withoutUsualPort(address) === withoutUsualPort(wanted)
}

function withoutUsualPort(url: string): string {
  return url
    .replace(/^(https:\/\/[^/]*):443(?=\/)/, '$1')
    .replace(/^(http:\/\/[^/]*):80(?=\/)/, '$1')
}

function triesAgain(url: string): boolean {
  const given = new URLSearchParams(/#(.*)$/.exec(url)?.[1] ?? '')
  const on = (given.get('rp') ?? '').split(',')
  const covers = on.includes('all') || ['5xx', 'ct', 'rt'].every((kind) => on.includes(kind))
  return covers && Number(given.get('rc') ?? 1) >= 1
}

/** What a number has that was just bought. */
function isTwiliosOwn(url: string): boolean {
  return URL.parse(url)?.hostname === 'demo.twilio.com'
}

/** An address may carry a password before the host, or a key in its query. */
function withoutSecrets(url: string): string {
  const parsed = URL.parse(url)
  if (!parsed) return url
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`
}
