import { api } from './api.js'
import { createAddDialog, createPhoneDialog } from './dialogs.js'
import { element } from './element.js'
import { Handset } from './handset.js'

const main = document.getElementById('phones')
const live = document.querySelector('.live')
const openPhoneDialog = createPhoneDialog()
const handsets = new Map()
const empty = element(
  'p',
  { className: 'empty' },
  'No phones yet. Add one and text a line with it.',
)

document.getElementById('add').addEventListener('click', createAddDialog())

async function redraw() {
  const { lines, phones } = await api.state()
  for (const id of handsets.keys()) {
    if (phones.some((phone) => phone.id === id)) continue
    handsets.get(id).root.remove()
    handsets.delete(id)
  }
  for (const phone of phones) {
    if (!handsets.has(phone.id)) {
      const handset = new Handset(openPhoneDialog)
      handsets.set(phone.id, handset)
      main.append(handset.root)
    }
    handsets.get(phone.id).update(phone, lines)
  }
  if (phones.length === 0) main.append(empty)
  else empty.remove()
  await drawLog()
}

async function drawLog() {
  const { items } = await api.failedWebhooks()
  document.getElementById('log').hidden = items.length === 0
  document.getElementById('log-count').textContent = `(${items.length})`
  document
    .getElementById('log-items')
    .replaceChildren(
      ...items.map(({ created_at, kind, url, error }) =>
        element(
          'li',
          {},
          element('time', {}, new Date(created_at).toLocaleString()),
          ` · ${kind} · `,
          element('strong', {}, error),
          ` · ${url}`,
        ),
      ),
    )
}

function show(state, words) {
  live.dataset.state = state
  live.textContent = words
}

const events = new EventSource('/simulator/events')
// After any break the whole state is asked for again, so nothing that was missed stays missing.
events.onopen = () => redraw().then(() => show('live', 'Live'))
events.onerror = () => show('broken', 'Reconnecting')
events.onmessage = ({ data }) => {
  const event = JSON.parse(data)
  if (event.type === 'setup') return redraw()
  for (const handset of handsets.values()) {
    if (handset.address === event.message.phone) handset.take(event.message)
  }
  const { webhook } = event.message
  return webhook === null || webhook === 'ok' ? undefined : drawLog()
}
