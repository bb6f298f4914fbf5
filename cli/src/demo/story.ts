/** What there is to see after a first start. Numbers are from the range kept for fiction. */

export const lines = {
  conference: { address: '+12125550100', name: 'Conference', mode: 'group' },
  desk: { address: '+12125550110', name: 'Front desk', mode: 'inbox' },
  whatsapp: { address: 'whatsapp:+12125550120', name: 'WhatsApp', mode: 'inbox' },
} as const

export interface Person {
  name: string
  address: string
}

export interface Said {
  /** Undefined: the admin, from the dashboard. */
  by?: Person
  says: string
  picture?: true
}

export interface Talk {
  line: keyof typeof lines
  with: Person
  /** Whether the dashboard has been told their name. */
  named: boolean
  said: Said[]
  left: 'unread' | 'read' | 'closed'
}

const ana = { name: 'Ana Flores', address: '+13105550111' }
const ben = { name: 'Ben Okafor', address: '+17735550112' }
const chiara = { name: 'Chiara Rossi', address: '+16175550113' }
const dev = { name: 'Dev Patel', address: '+12065550114' }

export const group = {
  name: 'Conference',
  members: [ana, ben, chiara, dev],
  said: [
    { by: ana, says: 'Landed! Where are we meeting tonight?' },
    { says: 'Welcome! Dinner at 7, Harbor Grill on Pier 4. Table under Partyline.' },
    { by: ben, says: 'I will be 15 minutes late, please order without me' },
    { by: chiara, says: 'Look at this view from the hotel', picture: true },
    { by: dev, says: 'Gorgeous. See you all at 7' },
  ] satisfies Said[],
}

const mara = { name: 'Mara Lindqvist', address: '+14155550131' }
const noah = { name: 'Noah Kim', address: '+15125550132' }
const unknown = { name: 'A stranger', address: '+13055550133' }
const sofia = { name: 'Sofia Marino', address: 'whatsapp:+393335550134' }
const omar = { name: 'Omar Haddad', address: '+16025550135' }

export const talks: Talk[] = [
  {
    line: 'desk',
    with: omar,
    named: true,
    said: [
      { by: omar, says: 'Can I get an invoice for last week?' },
      { says: 'Of course, it is in your mail now.' },
      { by: omar, says: 'Got it, thank you!' },
    ],
    left: 'closed',
  },
  {
    line: 'desk',
    with: noah,
    named: true,
    said: [
      { by: noah, says: 'Hi, is the workshop on Thursday still on?' },
      { says: 'Hi Noah, yes: 10:00 in room B. Coffee from 9:30.' },
      { by: noah, says: 'Perfect 👍' },
    ],
    left: 'read',
  },
  {
    line: 'desk',
    with: mara,
    named: true,
    said: [
      {
        by: mara,
        says: 'We found a red backpack in the lobby. Is it one of yours?',
        picture: true,
      },
    ],
    left: 'unread',
  },
  {
    line: 'whatsapp',
    with: sofia,
    named: true,
    said: [
      { by: sofia, says: 'Ciao! Can I still change my ticket to Friday?' },
      { says: 'Ciao Sofia! Yes, Friday has places left. Shall I move it?' },
      { by: sofia, says: 'Yes please!' },
    ],
    left: 'unread',
  },
  {
    line: 'desk',
    with: unknown,
    named: false,
    said: [{ by: unknown, says: 'Is there parking near the venue?' }],
    left: 'unread',
  },
]
