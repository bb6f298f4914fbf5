import { createSubscriber } from 'svelte/reactivity'

const subscribe = createSubscriber((update) => {
  document.addEventListener('visibilitychange', update)
  return () => document.removeEventListener('visibilitychange', update)
})

/** Whether somebody can see this page; reactive. */
export function isPageVisible(): boolean {
  subscribe()
  return document.visibilityState === 'visible'
}
