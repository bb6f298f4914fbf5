import type { MessageRow } from './store/messages.ts'

export type SimulatorEvent =
  | { type: 'message'; message: MessageRow }
  /** Phones, numbers or everything changed: ask again. */
  | { type: 'setup' }

export type Broadcast = ReturnType<typeof createBroadcast>

export function createBroadcast() {
  const listeners = new Set<(event: SimulatorEvent) => void>()
  return {
    publish(event: SimulatorEvent): void {
      for (const listener of listeners) listener(event)
    },
    subscribe(listener: (event: SimulatorEvent) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
