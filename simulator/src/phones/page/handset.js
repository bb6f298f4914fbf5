import { api } from './api.js'
import { bubble } from './bubble.js'
import { createComposer } from './composer.js'
import { element, icon } from './element.js'

const channelNames = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' }

/** One phone: keeps its own conversations and draws itself. */
export class Handset {
  #phone
  #lines = []
  #line
  #messages = new Map()
  #unread = new Map()

  #avatar = element('span', { className: 'avatar', 'aria-hidden': 'true' })
  #name = element('h2')
  #number = element('p')
  #badge = element('span', { className: 'badge' })
  #options = element('button', { type: 'button', className: 'icon-button' }, icon('more'))
  #lineBar = element('div', { className: 'lines', role: 'group', 'aria-label': 'Lines' })
  #texts = element('ol', { className: 'texts', 'aria-label': 'Messages', tabIndex: 0 })
  #problem = element('p', { className: 'meta failed problem', role: 'alert' })

  /** @param {(phone: object) => void} onOptions */
  constructor(onOptions) {
    this.#options.addEventListener('click', () => onOptions(this.#phone))
    const named = element('div', { className: 'named' }, this.#name, this.#badge)
    const words = element('div', { className: 'who-text' }, named, this.#number)
    const who = [this.#avatar, words, this.#options]
    this.root = element(
      'section',
      {
        className: 'handset',
        onfocusin: () => this.#look(),
        onpointerdown: () => this.#look(),
      },
      element(
        'div',
        { className: 'screen' },
        element('header', { className: 'who' }, ...who),
        this.#lineBar,
        this.#texts,
        this.#problem,
        createComposer((text) => this.#send(text)),
      ),
    )
  }

  get address() {
    return this.#phone.address
  }

  /** What the simulator knows about this phone, all at once. */
  update(phone, lines) {
    this.#phone = phone
    this.#lines = lines.filter(({ channel }) => channel === phone.channel)
    this.#messages = new Map(phone.messages.map((message) => [message.sid, message]))
    if (!this.#lines.some(({ address }) => address === this.#line)) {
      this.#line = phone.messages.at(-1)?.line ?? this.#lines[0]?.address
    }
    this.#drawOwner()
    this.#drawLines()
    this.#drawTexts()
  }

  /** One text that is new or has changed. */
  take(message) {
    const isNew = !this.#messages.has(message.sid)
    this.#messages.set(message.sid, message)
    if (message.line === this.#line) {
      this.#drawTexts(isNew ? message.sid : undefined)
      if (this.root.contains(document.activeElement)) this.#look()
    } else if (isNew && !message.fromPhone) {
      this.#unread.set(message.line, (this.#unread.get(message.line) ?? 0) + 1)
      this.#drawLines()
    }
  }

  async #send(text) {
    this.#problem.textContent = ''
    try {
      if (this.#line === undefined) throw new Error('There is no line on this channel to text.')
      await api.text(this.#phone.id, { to: this.#line, ...text })
    } catch (error) {
      this.#problem.textContent = error.message
      throw error
    }
  }

  /** WhatsApp tells the sender that somebody has looked. */
  #look() {
    const waiting = [...this.#messages.values()].some(
      ({ line, fromPhone, status }) => line === this.#line && !fromPhone && status === 'delivered',
    )
    if (this.#phone.channel === 'whatsapp' && waiting) void api.opened(this.#phone.id, this.#line)
  }

  #choose(line) {
    this.#line = line
    this.#unread.delete(line)
    this.#drawLines()
    this.#drawTexts()
    this.#look()
  }

  #drawOwner() {
    const { id, name, label, channel } = this.#phone
    this.root.setAttribute('aria-label', `Phone of ${name}`)
    this.#options.setAttribute('aria-label', `Options for ${name}`)
    this.#avatar.textContent = [...name][0].toUpperCase()
    this.#avatar.style.setProperty('--hue', String((id * 67 + 120) % 360))
    this.#name.textContent = name
    this.#number.textContent = label
    this.#badge.textContent = channelNames[channel]
    this.#badge.dataset.channel = channel
  }

  #drawLines() {
    const buttons = this.#lines.map((line) => this.#lineButton(line))
    this.#lineBar.replaceChildren(...buttons)
    this.#lineBar.hidden = buttons.length === 0
  }

  #lineButton({ address, name, label }) {
    const count = this.#unread.get(address)
    return element(
      'button',
      {
        type: 'button',
        className: 'line',
        title: label,
        'aria-pressed': String(address === this.#line),
        onclick: () => this.#choose(address),
      },
      name,
      ...(count ? [element('span', { className: 'unread' }, String(count))] : []),
    )
  }

  #drawTexts(newest) {
    const shown = [...this.#messages.values()].filter(({ line }) => line === this.#line)
    const hint = this.#line === undefined ? 'No line on this channel yet.' : 'No texts yet.'
    const items = shown.map((message) => bubble(message, message.sid === newest))
    if (items.length === 0) items.push(element('li', { className: 'nothing' }, hint))
    this.#texts.replaceChildren(...items)
    this.#texts.scrollTop = this.#texts.scrollHeight
  }
}
