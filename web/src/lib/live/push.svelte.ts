import { pushEndpoints, pushSubscription } from '@partyline/contracts/api/push'
import type { Api } from '../api.ts'
import { isPushKept, keepPush } from './push-kept.ts'

/** Why it is off, where nobody can turn it on. */
type Trouble = 'insecure' | 'missing' | 'denied' | 'unreachable'

interface Deps {
  api: Api
  userId: string
  storage: Storage
}

/** Whether this browser tells of texts while no window of Partyline is open. */
export class PushState {
  readonly #deps: Deps
  #on = $state(false)
  #trouble = $state<Trouble>()

  constructor(deps: Deps) {
    this.#deps = deps
    this.#trouble = findTrouble()
    this.#on = mayTell() && isPushKept(deps.storage, deps.userId)
  }

  get on(): boolean {
    return this.#on
  }

  get trouble(): Trouble | undefined {
    return this.#trouble
  }

  /** Shown as on while the browser is asked; off again when it cannot be. */
  async turnOn(): Promise<void> {
    const { api, storage, userId } = this.#deps
    this.#on = true
    try {
      const asked = await Notification.requestPermission()
      this.#trouble = findTrouble()
      if (asked !== 'granted') return void (this.#on = false)
      await subscribe(api)
      keepPush(storage, userId)
    } catch (error) {
      this.#on = false
      await leave()
      if (!(error instanceof DOMException)) throw error
      this.#trouble = 'unreachable'
    }
  }

  async turnOff(): Promise<void> {
    const { api, storage } = this.#deps
    this.#on = false
    keepPush(storage, undefined)
    await leave()
    await api.call(pushEndpoints.unsubscribe)
  }
}

function findTrouble(): Trouble | undefined {
  if (!isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator && 'PushManager' in window)) return 'missing'
  return Notification.permission === 'denied' ? 'denied' : undefined
}

const mayTell = () => findTrouble() === undefined && Notification.permission === 'granted'

async function leave(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
  await registration?.unregister()
}

/**
 * Has the browser subscribe, with a service worker that is there from now on, and tells the api. Doing it
 * again changes nothing, but for another session or address.
 */
async function subscribe(api: Api): Promise<void> {
  const { publicKey } = await api.call(pushEndpoints.key)
  // While developing it is made of modules.
  const type = import.meta.env.DEV ? 'module' : 'classic'
  await navigator.serviceWorker.register('/service-worker.js', { type })
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  // It may have subscribed to the key of another installation at this address.
  const subscription = await pushManager.subscribe(options).catch(async (error: unknown) => {
    if (!isNamed(error, 'InvalidStateError')) throw error
    await (await pushManager.getSubscription())?.unsubscribe()
    return pushManager.subscribe(options)
  })
  const body = pushSubscription.parse(subscription.toJSON())
  await api.call(pushEndpoints.subscribe, { body })
}

const isNamed = (error: unknown, name: string) =>
  error instanceof DOMException && error.name === name

/** After a sign-in: another session, and perhaps another address of the browser's. */
export async function keepSubscribed(api: Api): Promise<void> {
  if (mayTell()) await subscribe(api)
}
