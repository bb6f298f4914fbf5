import { inArray } from 'drizzle-orm'
import type { Label } from '@partyline/contracts/api/labels'
import type { Db } from '../client.ts'
import { type LabelRow, labels } from '../schema/labels.ts'

export async function viewLabels(db: Db, ids: string[]): Promise<Map<string, Label>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select().from(labels).where(inArray(labels.id, ids))
  return new Map(rows.map((row) => [row.id, toLabel(row)]))
}

export function toLabel({ id, name, color }: LabelRow): Label {
  return { id, name, color }
}
