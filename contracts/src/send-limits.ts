/**
 * What keeps a stolen password, a careless script or a loop from costing a fortune. Infinity is no limit.
 */
export interface SendLimits {
  /** Segments that a user may send in a day (UTC): they are what is paid for. */
  perUser: number
  /** Segments of everybody and everything in a day (UTC). */
  perAccount: number
  /** Where texts may go, as two-letter codes; empty: everywhere. */
  countries: readonly string[]
  /** Members of one group. */
  groupSize: number
  /** The same text to so many or more, again within so many minutes, has to be confirmed. */
  repeat: { recipients: number; minutes: number }
  /** Texts of one member that are passed on in a minute. */
  relaysPerMinute: number
  /** How often the same text of one member is passed on in ten minutes. */
  sameRelays: number
}

/** A limit is a setting of the installation: who can have it raised, and where they see it. */
export const askToRaise =
  'ask an administrator to raise the limit, which is listed in Settings under Connection'

export const noLimits: SendLimits = {
  perUser: Infinity,
  perAccount: Infinity,
  countries: [],
  groupSize: Infinity,
  repeat: { recipients: Infinity, minutes: 5 },
  relaysPerMinute: Infinity,
  sameRelays: Infinity,
}
