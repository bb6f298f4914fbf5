import type { FeedListener, FeedState } from './feed.svelte.ts'

/** Follows first and loads then, so that nothing falls between; returns the undo of both. */
export function followFirst(
  feed: Pick<FeedState, 'listen' | 'follow'>,
  id: string,
  listener: FeedListener & { load: () => Promise<void> },
): () => void {
  const { following, unfollow } = feed.follow(id)
  const unlisten = feed.listen(listener)
  let isOver = false
  void following.then(() => (isOver ? undefined : listener.load()))
  return () => {
    isOver = true
    unlisten()
    unfollow()
  }
}
