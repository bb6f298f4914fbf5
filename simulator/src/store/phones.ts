import type { Sql } from './sql.ts'

/** What happens to texts on their way to a phone; see `outcomeOf`. */
export const behaviours = ['receives', 'off', 'blocks', 'unknown', 'filtered', 'silent'] as const
export type Behaviour = (typeof behaviours)[number]

export type PhoneRow = {
  id: number
  address: string
  name: string
  behaviour: Behaviour
  created_at: number
}

export function createPhones(sql: Sql) {
  return {
    insert: (address: string, name: string, now: number) =>
      sql.get(
        `insert into phones (address, name, behaviour, created_at)
         values (:address, :name, 'receives', :now) returning *`,
        { address, name, now },
      ) as PhoneRow,

    update: (id: number, name: string, behaviour: Behaviour) =>
      sql.get('update phones set name = :name, behaviour = :behaviour where id = :id returning *', {
        id,
        name,
        behaviour,
      }) as PhoneRow | undefined,

    remove: (id: number) => sql.run('delete from phones where id = :id', { id }).changes > 0,

    find: (id: number) =>
      sql.get('select * from phones where id = :id', { id }) as PhoneRow | undefined,

    byAddress: (address: string) =>
      sql.get('select * from phones where address = :address', { address }) as PhoneRow | undefined,

    all: () => sql.all('select * from phones order by id') as PhoneRow[],
  }
}
