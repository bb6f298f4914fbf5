const base = '/simulator/api'

/** Asks the simulator; a refusal throws its words. */
async function call(method, path, body) {
  const reply = await fetch(base + path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (reply.status === 204) return undefined
  const answer = await reply.json()
  if (!reply.ok) throw new Error(answer.error.message)
  return answer
}

export const api = {
  state: () => call('GET', '/state'),
  suggestion: () => call('GET', '/suggestion'),
  failedWebhooks: () => call('GET', '/webhooks?failed=true&limit=20'),
  addPhone: (phone) => call('POST', '/phones', phone),
  changePhone: (id, changes) => call('PATCH', `/phones/${id}`, changes),
  removePhone: (id) => call('DELETE', `/phones/${id}`),
  text: (id, text) => call('POST', `/phones/${id}/texts`, text),
  opened: (id, line) => call('POST', `/phones/${id}/opened`, { line }),
}
