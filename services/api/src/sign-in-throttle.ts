import { AppError } from '@partyline/contracts/errors'

/** Slows down guessing: per account and address, per address, and per account from everywhere. */
export interface SignInThrottle {
  /** Counts an attempt before it is made, so parallel guesses gain nothing. Throws when it is too early. */
  attempt(who: Who): void
  succeeded(who: Who): void
}

interface Who {
  email: string
  ip: string
}

interface Tries {
  count: number
  openAt: number
}

/**
 * After `free` attempts each further one waits twice as long as the one before. An account is never
 * closed: whoever guesses at it from one address does not keep its owner out at another.
 */
const rules = [
  { keyOf: ({ email, ip }: Who) => `${email.toLowerCase()} ${ip}`, free: 5, maxMs: 15 * 60_000 },
  { keyOf: ({ ip }: Who) => ip, free: 30, maxMs: 15 * 60_000 },
  { keyOf: ({ email }: Who) => email.toLowerCase(), free: 100, maxMs: 30_000 },
]

const forgetAfterMs = 60 * 60_000
const maxKeys = 50_000

/** In this process's memory: it needs nothing that can be down, and a restart does not help a guesser much. */
export function createSignInThrottle(now: () => number = Date.now): SignInThrottle {
  const guards = rules.map((rule) => ({ rule, table: new Map<string, Tries>() }))
  const triesOf = (who: Who) =>
    guards.map(({ rule, table }) => {
      const key = rule.keyOf(who)
      const known = table.get(key)
      const tries = known && known.openAt + forgetAfterMs > now() ? known : { count: 0, openAt: 0 }
      return { rule, table, key, tries }
    })
  return {
    attempt(who) {
      const all = triesOf(who)
      const openAt = Math.max(...all.map(({ tries }) => tries.openAt))
      if (openAt > now()) throw tooMany(openAt - now())
      for (const { rule, table, key, tries } of all) {
        const count = tries.count + 1
        const over = count - rule.free
        const waitMs = over < 0 ? 0 : Math.min(1_000 * 2 ** over, rule.maxMs)
        // The oldest key goes first, so memory is bounded whoever asks.
        table.delete(key)
        const [oldest] = table.keys()
        if (table.size >= maxKeys && oldest !== undefined) table.delete(oldest)
        table.set(key, { count, openAt: now() + waitMs })
      }
    },
    succeeded(who) {
      for (const { table, key } of triesOf(who)) table.delete(key)
    },
  }
}

function tooMany(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1_000)
  return new AppError(
    'too_many_requests',
    `Too many attempts to sign in. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  )
}
