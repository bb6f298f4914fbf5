import { userEndpoints } from '@partyline/contracts/api/session'
import { users as userTable } from '@partyline/db/schema/users'
import { expect } from 'vitest'
import { test } from './running-api.ts'

test('S10: passwords are argon2id, may be long and of any script, and are not cut off', async ({
  stack,
  admin,
  nobody,
}) => {
  const long = 'пароль-密码-🔑-'.repeat(9)
  const made = await admin.try(
    userEndpoints.create,
    {},
    {
      ...{ email: 'cleo@example.com', name: 'Cleo', password: long },
    },
  )

  expect(made.status).toBe(201)
  const rows = await stack.db.select().from(userTable)
  expect(rows.every((row) => row.passwordHash.startsWith('$argon2id$v=19$m=19456,t=2,p=1$'))).toBe(
    true,
  )
  expect((await nobody().signIn('cleo@example.com', long)).status).toBe(200)
  expect((await nobody().signIn('cleo@example.com', long.slice(0, -1))).status).toBe(401)
})

test('S10: short and common passwords are refused', async ({ admin }) => {
  for (const weak of ['short', 'password1', 'Password123!', '12345678', 'qwertyuiop', 'aaaaaaaa']) {
    const answer = await admin.try(
      userEndpoints.create,
      {},
      {
        ...{ email: 'weak@example.com', name: 'Weak', password: weak },
      },
    )
    expect(answer.status, weak).toBe(400)
  }
})
