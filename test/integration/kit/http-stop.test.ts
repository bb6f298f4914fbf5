import { createHttp } from '@partyline/kit/http'
import { createLog } from '@partyline/kit/log'
import { expect, test } from 'vitest'

test('what is under way is answered when a service stops, and a connection that is kept open holds up nobody', async () => {
  const http = createHttp(createLog('test', 'silent'))
  const { promise: asked, resolve: ask } = Promise.withResolvers<undefined>()
  const { promise: stopping, resolve: stop } = Promise.withResolvers<undefined>()
  http.get('/', async () => {
    ask(undefined)
    await stopping
    return 'answer'
  })
  const url = await http.listen({ port: 0, host: '127.0.0.1' })
  const answer = fetch(url)
  await asked

  const closed = http.close()
  await expect.poll(() => fetch(url).catch(() => 'nobody there')).toBe('nobody there')
  stop(undefined)

  expect(await (await answer).text()).toBe('answer')
  await closed
})
