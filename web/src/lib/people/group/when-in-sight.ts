import type { Attachment } from 'svelte/attachments'

/** Runs when the element comes near: the end of a list that goes on. */
export function whenInSight(run: () => void): Attachment {
  return (node) => {
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) run()
      },
      { rootMargin: '400px' },
    )
    watch.observe(node)
    return () => watch.disconnect()
  }
}
