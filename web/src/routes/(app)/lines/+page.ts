import { redirect } from '@sveltejs/kit'

/** Where lines were, for bookmarks. */
export function load(): never {
  redirect(308, '/settings/lines')
}
