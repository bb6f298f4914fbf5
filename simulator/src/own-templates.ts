import { createHash } from 'node:crypto'
import type { Simulation } from './simulation.ts'
import type { TemplateRow } from './store/templates.ts'

type Own = Pick<TemplateRow, 'name' | 'language' | 'status' | 'category'> & {
  variables: Record<string, string>
  types: Record<string, object>
  rejection_reason?: string
}

const text = (body: string) => ({ 'twilio/text': { body } })

const asked = { language: 'en', category: 'UTILITY' } as const

/** Something to play with: the three of Twilio's WhatsApp sandbox first, and one of every other kind. */
const own: Own[] = [
  {
    ...{ ...asked, name: 'verification_code', status: 'approved', category: 'AUTHENTICATION' },
    ...{ types: text('Your {{1}} code is {{2}}'), variables: { 1: 'Twilio', 2: '1238432' } },
  },
  {
    ...{ ...asked, name: 'appointment_reminder', status: 'approved' },
    types: text('Your {{1}} appointment is coming up on {{2}}'),
    variables: { 1: 'dentist', 2: 'July 21 at 3 PM' },
  },
  {
    ...{ ...asked, name: 'order_shipped', status: 'approved' },
    types: text(
      'Your {{1}} order of {{2}} has shipped and should be delivered on {{3}}. Details : {{4}}',
    ),
    variables: {
      ...{ 1: 'Yummy Cupcakes', 2: '1 dozen frosted cupcakes' },
      ...{ 3: 'July 10', 4: 'https://example.com/orders/1' },
    },
  },
  {
    ...{ ...asked, name: 'follow_up', status: 'approved' },
    types: text('Hello {{name}}, we have an answer to your question. Write back and we tell you.'),
    variables: { name: 'Mara' },
  },
  {
    ...{ ...asked, name: 'follow_up', language: 'de', status: 'approved' },
    types: text(
      'Hallo {{name}}, wir haben eine Antwort auf deine Frage. Schreib uns, dann sagen wir sie dir.',
    ),
    variables: { name: 'Mara' },
  },
  {
    ...{ ...asked, name: 'opening_hours', status: 'pending' },
    types: text('From {{1}} on we are open until {{2}}.'),
    variables: { 1: 'Monday', 2: '8 PM' },
  },
  {
    ...{ ...asked, name: 'spring_sale', status: 'rejected', category: 'MARKETING' },
    ...{ types: text('{{1}}'), variables: { 1: 'Everything must go' } },
    rejection_reason: 'The variables or parameters are too many relative to the message length.',
  },
  {
    ...{ ...asked, name: 'new_menu', status: 'approved', category: 'MARKETING' },
    types: {
      'twilio/media': { body: 'Our new menu, {{1}}', media: ['https://example.com/menu.png'] },
    },
    variables: { 1: 'Mara' },
  },
]

/** Puts them into an account that has none. Each keeps its SID wherever it is made. */
export function addOwnTemplates(sim: Simulation): void {
  const { templates } = sim.store
  if (templates.all().length > 0) return
  for (const { variables, types, rejection_reason = '', ...rest } of own) {
    const sid = createHash('md5').update(`${rest.name} ${rest.language}`).digest('hex')
    templates.insert({
      ...{ ...rest, rejection_reason, sid: `HX${sid}` },
      ...{ variables: JSON.stringify(variables), types: JSON.stringify(types) },
      ...{ created_at: sim.now(), updated_at: sim.now() },
    })
  }
}
