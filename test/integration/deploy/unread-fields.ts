/**
 * The paths of a value that a reader never looked at. A validator looks at every field its schema knows, so
 * what is left over is a field that nobody knows: misspelt, or in the wrong place.
 */
export function unreadFields(value: object, read: (watched: object) => void): string[] {
  const seen = new Map<object, Set<string>>()
  read(watch(value, seen))
  return unreadIn(value, '', seen)
}

function watch(target: object, seen: Map<object, Set<string>>): object {
  const keys = seen.get(target) ?? new Set()
  seen.set(target, keys)
  return new Proxy(target, {
    get(_target, key, receiver) {
      if (typeof key === 'string') keys.add(key)
      const value: unknown = Reflect.get(target, key, receiver)
      return isObject(value) ? watch(value, seen) : value
    },
  })
}

function unreadIn(target: object, path: string, seen: Map<object, Set<string>>): string[] {
  return Object.entries(target).flatMap(([key, value]: [string, unknown]) => {
    if (!seen.get(target)?.has(key)) return [`${path}/${key}`]
    return isObject(value) ? unreadIn(value, `${path}/${key}`, seen) : []
  })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
