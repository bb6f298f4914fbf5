import { toSentence } from '../sentence.ts'

interface Event {
  body: string
  /** Who did it. */
  name: string
  bySystem: boolean
}

/** What happened and who did it: some events name them, others begin with the verb. */
export function eventWords({ body, name, bySystem }: Event): string {
  if (body.startsWith(name)) return body
  return bySystem ? toSentence(body).slice(0, -1) : `${name} ${body}`
}
