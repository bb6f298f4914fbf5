import { createMediaStore } from './media.ts'
import { createMessages } from './messages.ts'
import { createNumbers, createServices } from './numbers.ts'
import { createOptOuts } from './opt-outs.ts'
import { createPhones } from './phones.ts'
import { tables } from './schema.ts'
import { createSql } from './sql.ts'
import { createTemplates } from './templates.ts'
import { createWebhookLog } from './webhook-log.ts'

export type Store = ReturnType<typeof createStore>

/** Everything the simulator remembers. */
export function createStore(file: string) {
  const sql = createSql(file)
  return {
    open: () => sql.open(),
    close: () => sql.close(),
    reset(): void {
      for (const table of tables) sql.run(`delete from ${table}`)
    },
    /** For reads that only one place needs. */
    sql,
    numbers: createNumbers(sql),
    services: createServices(sql),
    phones: createPhones(sql),
    messages: createMessages(sql),
    media: createMediaStore(sql),
    optOuts: createOptOuts(sql),
    templates: createTemplates(sql),
    webhooks: createWebhookLog(sql),
  }
}
