import { expect, test } from 'vitest'
import { createSessionCookie } from './session-cookie.ts'

const secure = createSessionCookie('https://texts.example.com')
const local = createSessionCookie('http://localhost:8080')

test('the token is found among other cookies, and under its exact name only', () => {
  expect(local.read('a=1; partyline=abc; b=2')).toBe('abc')
  expect(local.read('xpartyline=abc')).toBeUndefined()
  expect(local.read('partyline=')).toBeUndefined()
  expect(local.read(undefined)).toBeUndefined()
  expect(secure.read('partyline=abc')).toBeUndefined()
  expect(secure.read('__Host-partyline=abc')).toBe('abc')
})

test('over https the cookie is bound to the host; at http://localhost browsers must still take it', () => {
  expect(secure.write('t', 60)).toBe(
    '__Host-partyline=t; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
  )
  expect(local.write('', 0)).toBe('partyline=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax')
})
