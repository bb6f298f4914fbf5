import { sessionEndpoints, tokenEndpoints } from '@partyline/contracts/api/session'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { ProofState } from './proof.svelte.ts'

const refused = (code: string, status: number) =>
  Response.json({ error: { code, message: `${code}.`, requestId: 'r' } }, { status })

/** A server on which the password was given too long ago. */
function given() {
  const asked: string[] = []
  let proved = false
  const api = createApi(async (url, { method, body }) => {
    asked.push(`${String(method)} ${url}`)
    if (url === sessionEndpoints.prove.path && method === 'POST') {
      if (body !== JSON.stringify({ password: 'right' })) return refused('wrong_credentials', 401)
      proved = true
      return Response.json({})
    }
    return proved ? Response.json({}) : refused('reauth', 403)
  })
  return { api, asked, proof: new ProofState(api) }
}

test('S20: what wanted the password is done again once it is given, however much there is', async () => {
  const { api, asked, proof } = given()
  const revoke = (id: string) => api.call(tokenEndpoints.remove, { params: { id } })
  const done = Promise.all([revoke('a'), revoke('b')])
  await expect.poll(() => proof.asking).toBe(true)

  await expect(proof.prove('wrong')).rejects.toMatchObject({ code: 'wrong_credentials' })
  expect(proof.asking).toBe(true)
  await proof.prove('right')

  expect(await done).toEqual([{}, {}])
  expect(proof.asking).toBe(false)
  expect(asked.filter((one) => one.startsWith('DELETE'))).toEqual([
    ...['DELETE /api/tokens/a', 'DELETE /api/tokens/b'],
    ...['DELETE /api/tokens/a', 'DELETE /api/tokens/b'],
  ])
})

test('S20: who would rather not give it leaves things as they were, and may be asked again', async () => {
  const { api, asked, proof } = given()
  const download = () => api.call(sessionEndpoints.proof)
  for (const times of [1, 2]) {
    const done = download()
    await expect.poll(() => proof.asking).toBe(true)
    proof.cancel()
    await expect(done).rejects.toThrow('Nothing was done')
    expect(asked).toHaveLength(times)
  }

  expect(proof.asking).toBe(false)
})
