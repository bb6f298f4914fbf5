import type { PushNotice } from '@partyline/contracts/api/push'
import { type NoticeData, noticeOf } from '../lib/live/notice-of.ts'

/**
 * Tells of texts while no window of the dashboard is looked at, and keeps nothing: there only once
 * somebody turned that on (lib/live/push.svelte.ts).
 */
const worker = globalThis.self as unknown as ServiceWorkerGlobalScope

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('push', (event) => {
  if (event.data) event.waitUntil(tell(event.data.json() as PushNotice))
})
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open((event.notification.data as NoticeData).path))
})

/** The most recently used first. The phones of the simulator are no dashboard. */
async function dashboards(): Promise<readonly WindowClient[]> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  return windows.filter(({ url }) => !new URL(url).pathname.startsWith('/simulator'))
}

async function tell(notice: PushNotice): Promise<void> {
  const windows = await dashboards()
  const isSeen = windows.some(({ visibilityState }) => visibilityState === 'visible')
  if (isSeen && (await maySayNothing())) return
  const { title, options } = noticeOf(notice, '')
  const [shown] = await worker.registration.getNotifications({ tag: notice.id })
  // A window may have shown this very text, and a push may come twice: neither is news again.
  const before = shown?.data as NoticeData | undefined
  const isNews = before?.messageId !== options.data.messageId
  // A window that is open makes its own sounds, if any.
  const how = { renotify: isNews, silent: windows.length > 0 }
  await worker.registration.showNotification(title, { ...options, ...how })
}

/** Safari forgives no push without a notice; the others do where a window is seen. */
async function maySayNothing(): Promise<boolean> {
  const subscription = await worker.registration.pushManager.getSubscription()
  return !subscription?.endpoint.includes('.push.apple.com/')
}

async function open(path: string): Promise<void> {
  const [window] = await dashboards()
  window?.postMessage({ path })
  await (window ? window.focus() : worker.clients.openWindow(path))
}
