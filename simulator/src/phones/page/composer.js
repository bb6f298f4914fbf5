import { element, icon } from './element.js'
import { Pictures } from './pictures.js'

/**
 * The typing box. What was typed comes back if `send` throws.
 * @param {(text: { body: string, media: { contentType: string, data: string }[] }) => Promise<void>} send
 */
export function createComposer(send) {
  const box = element('textarea', {
    rows: 1,
    maxLength: 1600,
    placeholder: 'Text message',
    'aria-label': 'Message',
    oninput: refresh,
    onkeydown(event) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      form.requestSubmit()
    },
  })
  const sendButton = element(
    'button',
    { className: 'icon-button send', 'aria-label': 'Send', disabled: true },
    icon('send'),
  )
  const pictures = new Pictures(refresh)
  const form = element('form', { className: 'composer', onsubmit: submit })
  form.append(pictures.root, ...attachControls(pictures), box, sendButton)

  function refresh() {
    sendButton.disabled = box.value.trim() === '' && pictures.count === 0
  }

  async function submit(event) {
    event.preventDefault()
    if (sendButton.disabled) return
    const body = box.value
    const taken = pictures.take()
    box.value = ''
    refresh()
    box.focus()
    try {
      await send({ body, media: taken.map(({ contentType, data }) => ({ contentType, data })) })
      taken.forEach(({ preview }) => URL.revokeObjectURL(preview))
    } catch {
      // The phone says what went wrong; here nothing typed may be lost.
      box.value ||= body
      pictures.putBack(taken)
    }
  }

  return form
}

function attachControls(pictures) {
  const file = element('input', {
    type: 'file',
    accept: 'image/*',
    multiple: true,
    hidden: true,
    'aria-label': 'Picture',
    async onchange() {
      await pictures.add(file.files)
      file.value = ''
    },
  })
  const button = element(
    'button',
    {
      type: 'button',
      className: 'icon-button',
      'aria-label': 'Attach a picture',
      onclick: () => file.click(),
    },
    icon('attach'),
  )
  return [button, file]
}
