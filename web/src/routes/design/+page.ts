import { error } from '@sveltejs/kit'

/** Every component in every state, for those who build them: the product has no such page. */
export function load(): void {
  if (!import.meta.env.DEV) error(404)
}
