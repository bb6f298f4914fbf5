const people = (count: number) => (count === 1 ? '1 contact' : `${count} contacts`)
const named = (count: number, others: boolean) => (others ? String(count) : people(count))
const names = (count: number) => (count === 1 ? 'its old name' : 'their old names')

/** What a list did that can be undone: `3 contacts added, 1 renamed`. */
export function didWords({ untouched, renamed }: { untouched: number; renamed: number }): string {
  const added = untouched > 0 ? [`${people(untouched)} added`] : []
  return (renamed > 0 ? [...added, `${named(renamed, untouched > 0)} renamed`] : added).join(', ')
}

/** What undoing it will do. */
export function undoWords({ untouched, renamed }: { untouched: number; renamed: number }): string {
  const deletes = untouched > 0 ? [`deletes ${people(untouched)}`] : []
  const gives = renamed > 0 ? [`gives ${named(renamed, untouched > 0)} ${names(renamed)} back`] : []
  return `Undoing it ${[...deletes, ...gives].join(' and ')}.`
}

/** What undoing it did: somebody may have used one of them since it was asked. */
export function undoneWords(done: { removed: number; renamedBack: number }): string {
  const { removed, renamedBack } = done
  if (removed + renamedBack === 0) return 'Nothing was left to undo'
  const deleted = removed > 0 ? [`${people(removed)} deleted`] : []
  const has = renamedBack === 1 ? 'has' : 'have'
  const given = `${named(renamedBack, removed > 0)} ${has} ${names(renamedBack)} back`
  return (renamedBack > 0 ? [...deleted, given] : deleted).join(', ')
}
