import { element } from './element.js'

const mostPictures = 10

/** The pictures that go with the next text. */
export class Pictures {
  #chosen = []
  #onChange
  root = element('div', { className: 'attached' })

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange
  }

  get count() {
    return this.#chosen.length
  }

  async add(files) {
    for (const file of [...files].slice(0, mostPictures - this.count)) {
      const data = await toBase64(file)
      const preview = URL.createObjectURL(file)
      this.#chosen.push({ name: file.name, contentType: file.type, data, preview })
    }
    this.#draw()
  }

  /** Empties the list and hands it over. */
  take() {
    const taken = this.#chosen
    this.#chosen = []
    this.#draw()
    return taken
  }

  putBack(pictures) {
    this.#chosen.unshift(...pictures)
    this.#draw()
  }

  #draw() {
    this.root.replaceChildren(...this.#chosen.map((picture) => this.#thumbnail(picture)))
    this.#onChange()
  }

  #thumbnail(picture) {
    const remove = () => {
      this.#chosen = this.#chosen.filter((each) => each !== picture)
      URL.revokeObjectURL(picture.preview)
      this.#draw()
    }
    return element(
      'button',
      { type: 'button', 'aria-label': `Remove ${picture.name}`, onclick: remove },
      element('img', { src: picture.preview, alt: '' }),
    )
  }
}

async function toBase64(file) {
  const { promise, resolve, reject } = Promise.withResolvers()
  const reader = new FileReader()
  reader.onload = () => resolve(reader.result)
  reader.onerror = () => reject(reader.error)
  reader.readAsDataURL(file)
  const address = await promise
  return address.slice(address.indexOf(',') + 1)
}
