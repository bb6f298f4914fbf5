import type { NoticeData } from './notice-of.ts'

const workers = () => ('serviceWorker' in navigator ? navigator.serviceWorker : undefined)

/** By the service worker, where there is one: what it is pushed of the same text takes the place of this. */
export async function showByWorker(title: string, options: NotificationOptions): Promise<boolean> {
  const registration = await workers()?.getRegistration()
  if (!registration?.active) return false
  await registration.showNotification(title, options)
  return true
}

/** Somebody clicked on a notice of the service worker's. Returns its own undo. */
export function onNoticeClick(go: (path: string) => void): () => void {
  const hear = ({ data }: MessageEvent<Partial<NoticeData> | null>) => {
    if (typeof data?.path === 'string') go(data.path)
  }
  workers()?.addEventListener('message', hear)
  return () => workers()?.removeEventListener('message', hear)
}
