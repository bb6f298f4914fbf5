import type { Media, Message } from '@partyline/contracts/api/messages'

/** What a person can do with a message in its thread. */
export interface BubbleActions {
  retry: (deliveryId: string) => void
  /** Who got it, who not and why. */
  deliveries: (message: Message) => void
  /** What happened to it, step by step. */
  passport: (message: Message) => void
  /** Offers to say it with a template. */
  template: () => void
  removeMember: (memberId: string, name: string) => void
  passOn: (message: Message) => void
  view: (media: Media) => void
  text: (address: string) => void
}
