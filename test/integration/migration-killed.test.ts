import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { migrate } from '@partyline/db/migrate'
import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { expect, inject } from 'vitest'
import { test } from '../support/stack.ts'

/** Everything a migration makes, as text. */
async function readShape(url: string): Promise<string[]> {
  await using opening = new AsyncDisposableStack()
  const sql = opening.adopt(postgres(url, { max: 1 }), (it) => it.end())
  const rows = await sql<{ thing: string }[]>`
    select concat_ws(' ', table_name, ordinal_position, column_name, data_type, is_nullable,
        column_default, generation_expression) as thing
      from information_schema.columns where table_schema = 'public'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select pg_get_functiondef(oid) from pg_proc
      where pronamespace = 'public'::regnamespace and prokind = 'f'
    union all select concat_ws(' ', typname, enumlabel)
      from pg_enum join pg_type on pg_type.oid = enumtypid
    union all select concat_ws(' ', 'migration', id, hash) from drizzle.__drizzle_migrations
    order by 1`
  return rows.map(({ thing }) => thing)
}

const program = `import { migrate } from '@partyline/db/migrate'; await migrate(process.argv[1])`

/** Kills a migration so long after its connection was seen. Says whether it had ended before. */
async function killAfter(ms: number, url: string, admin: postgres.Sql): Promise<boolean> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, url])
  const ended = once(child, 'exit')
  const datname = new URL(url).pathname.slice(1)
  await expect
    .poll(() => admin`select 1 from pg_stat_activity where datname = ${datname}`, { interval: 2 })
    .not.toHaveLength(0)
  await wait(ms)
  child.kill('SIGKILL')
  await ended
  return child.exitCode === 0
}

test('M1: a migration that is killed, again and again, is whole once it has run to its end', async ({
  stack,
}) => {
  await using opening = new AsyncDisposableStack()
  const admin = opening.adopt(postgres(inject('postgresUrl'), { max: 1 }), (it) => it.end())
  const name = `killed_${randomUUID().replaceAll('-', '')}`
  await admin`create database ${admin(name)}`
  opening.defer(async () => {
    await admin`drop database ${admin(name)} with (force)`
  })
  const url = new URL(stack.databaseUrl)
  url.pathname = `/${name}`

  const whole: boolean[] = []
  for (const ms of [0, 15, 40, 80]) whole.push(await killAfter(ms, url.href, admin))
  await migrate(url.href)

  expect(whole[0]).toBe(false)
  expect(await readShape(url.href)).toEqual(await readShape(stack.databaseUrl))
})
