import { api } from './api.js'

/** Fills a dialog's form, and saves it until that works or the person gives up. */
function dialogOf(id) {
  const dialog = document.getElementById(id)
  const form = dialog.querySelector('form')
  const problem = dialog.querySelector('.problem')
  let save

  async function attempt(work) {
    problem.textContent = ''
    try {
      await work()
      dialog.close()
    } catch (error) {
      problem.textContent = error.message
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    attempt(() => save(Object.fromEntries(new FormData(form))))
  })
  dialog.querySelector('[value=cancel]').addEventListener('click', () => dialog.close())

  return {
    dialog,
    form,
    attempt,
    open(onSave) {
      save = onSave
      problem.textContent = ''
      dialog.showModal()
    },
  }
}

export function createAddDialog() {
  const { form, open } = dialogOf('add-dialog')
  const address = form.elements.namedItem('address')

  async function suggest() {
    const { channel } = Object.fromEntries(new FormData(form))
    const free = (await api.suggestion()).address
    address.value = channel === 'messenger' ? free.replace('+', '4') : free
  }
  form.addEventListener('change', ({ target }) => {
    if (target.name === 'channel') suggest()
  })

  return async () => {
    form.reset()
    await suggest()
    open(({ name, channel, address }) =>
      api.addPhone({ name, address: channel === 'sms' ? address : `${channel}:${address}` }),
    )
  }
}

export function createPhoneDialog() {
  const { dialog, form, attempt, open } = dialogOf('phone-dialog')
  let phone
  dialog
    .querySelector('[value=remove]')
    .addEventListener('click', () => attempt(() => api.removePhone(phone.id)))

  return (chosen) => {
    phone = chosen
    dialog.querySelector('h2').textContent = `Phone of ${phone.name}`
    form.elements.namedItem('name').value = phone.name
    form.elements.namedItem('behaviour').value = phone.behaviour
    open((changes) => api.changePhone(phone.id, changes))
  }
}
