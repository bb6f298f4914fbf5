import type { Media } from '@partyline/contracts/api/messages'
import { kindOfMedia } from './media-kinds.ts'

type Group = readonly [Media, ...Media[]]

const isPicture = (media: Media) => kindOfMedia(media) === 'picture'

/** Pictures that follow one another are one group; anything else is by itself. */
export function inGroups(media: readonly Media[]): readonly Group[] {
  return media.reduce<readonly Group[]>((groups, each) => {
    const last = groups.at(-1)
    return last && isPicture(last[0]) && isPicture(each)
      ? [...groups.slice(0, -1), [...last, each]]
      : [...groups, [each]]
  }, [])
}
