export interface CardContact {
  name: string
  organization: string
  numbers: { number: string; type: string }[]
  emails: string[]
}

const maxContacts = 50
/** Of numbers, and of addresses: a card may be made to be long. */
const maxOfEach = 20

/** Contact cards (RFC 6350 and its forerunners) as far as a text needs them. What is not understood is left out. */
export function parseVcard(text: string): CardContact[] {
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const contacts: CardContact[] = []
  let card: CardContact | undefined
  for (const line of lines) {
    const field = readField(line)
    if (!field) continue
    if (field.name === 'BEGIN') card = { name: '', organization: '', numbers: [], emails: [] }
    else if (field.name === 'END') {
      if (card && contacts.length < maxContacts) contacts.push(card)
      card = undefined
    } else if (card) take(card, field)
  }
  return contacts
}

interface VcardField {
  name: string
  parameters: string
  value: string
}

function readField(line: string): VcardField | undefined {
  const [, name, parameters = '', value = ''] =
    /^(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:]*)?):(.*)$/.exec(line) ?? []
  if (name === undefined) return undefined
  const quoted = /ENCODING=QUOTED-PRINTABLE/i.test(parameters)
  return { name: name.toUpperCase(), parameters, value: quoted ? unquote(value) : value }
}

function take(card: CardContact, { name, parameters, value }: VcardField): void {
  const text = plain(value)
  if (name === 'FN') card.name = text
  if (name === 'N' && card.name === '') card.name = fromParts(value)
  if (name === 'ORG') card.organization = text.replaceAll(';', ', ')
  if (name === 'EMAIL' && text !== '') add(card.emails, text)
  const number = text.replace(/^tel:/i, '')
  if (name === 'TEL' && number !== '') add(card.numbers, { number, type: typeIn(parameters) })
}

function add<T>(to: T[], one: T): void {
  if (to.length < maxOfEach) to.push(one)
}

/** `Miller;Ana;;Dr.;` reads Ana Miller. */
function fromParts(value: string): string {
  const [family = '', given = ''] = value.split(';').map(plain)
  return `${given} ${family}`.trim()
}

const types = { CELL: 'mobile', HOME: 'home', WORK: 'work', FAX: 'fax' }

function typeIn(parameters: string): string {
  const upper = parameters.toUpperCase()
  return Object.entries(types).find(([name]) => upper.includes(name))?.[1] ?? ''
}

const plain = (value: string) =>
  value
    .replaceAll(/\\([\\,;])/g, '$1')
    .replaceAll(/\\n/gi, ' ')
    .trim()

function unquote(value: string): string {
  const bytes = value.replaceAll(/=([0-9A-F]{2})/gi, '%$1')
  try {
    return decodeURIComponent(bytes)
  } catch {
    // Not UTF-8: shown as it is written.
    return value
  }
}
