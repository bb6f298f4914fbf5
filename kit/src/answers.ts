export type Check = () => Promise<unknown>

const patienceMs = 2_000

/** Whether something that is needed answers, and does so soon. */
export async function answers(check: Check): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), patienceMs)
  check().then(
    () => resolve(true),
    () => resolve(false),
  )
  return promise.finally(() => clearTimeout(timer))
}
