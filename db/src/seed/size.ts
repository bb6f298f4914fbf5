export interface Size {
  conversations: number
  /** About as many. */
  messages: number
  /** Of the one thread that is very long. */
  longThread: number
  groups: number
  /** People in the largest group. */
  crowd: number
  /** How far back the history goes. */
  days: number
  /** What is older has no deliveries any more. */
  receiptDays: number
}

export const sizes = {
  small: {
    conversations: 2_000,
    messages: 40_000,
    longThread: 3_000,
    groups: 12,
    crowd: 200,
    days: 120,
    receiptDays: 120,
  },
  large: {
    conversations: 100_000,
    messages: 5_000_000,
    longThread: 50_000,
    groups: 40,
    crowd: 2_000,
    days: 730,
    receiptDays: 60,
  },
} satisfies Record<string, Size>
