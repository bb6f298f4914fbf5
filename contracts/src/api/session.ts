import { z } from 'zod'
import { byId, type Endpoint, nothing, pageOf, page, time } from '../http.ts'

export const roles = ['admin', 'agent'] as const

export const user = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  disabled: z.boolean(),
})
export type User = z.infer<typeof user>

/** Enough for several things in a row; over before a browser that was left open is found by another. */
export const proofMinutes = 15

/** Length is what makes a password strong; nothing is cut off. */
export const password = z.string().min(8, 'at least 8 characters').max(200)
const email = z.email().max(200)
const name = z.string().trim().min(1).max(100)
const signedIn = z.object({ user })

export const sessionEndpoints = {
  create: {
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in. Sets the session cookie',
    access: 'public',
    body: z.strictObject({ email: z.string().max(200), password: z.string().max(200) }),
    reply: signedIn,
  },
  get: {
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in',
    access: 'user',
    reply: signedIn,
  },
  remove: {
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out',
    access: 'public',
    reply: nothing,
  },
  change: {
    method: 'PATCH',
    path: '/api/session',
    summary: 'Change your own name or password. A new password signs you out everywhere else',
    access: 'user',
    body: z.strictObject({
      name: name.optional(),
      password: z.strictObject({ present: z.string().max(200), next: password }).optional(),
    }),
    reply: signedIn,
  },
  prove: {
    method: 'POST',
    path: '/api/session/proof',
    summary: `Give your password again. For ${proofMinutes} minutes nothing then answers \`reauth\``,
    access: 'user',
    body: z.strictObject({ password: z.string().max(200) }),
    reply: nothing,
  },
  proof: {
    method: 'GET',
    path: '/api/session/proof',
    summary:
      'Whether you gave your password lately, to be asked before a download: `reauth` when not',
    access: 'user',
    needsProof: true,
    reply: nothing,
  },
  list: {
    method: 'GET',
    path: '/api/sessions',
    summary: 'Where you are signed in',
    access: 'user',
    query: page,
    reply: pageOf(
      z.object({
        id: z.uuid(),
        current: z.boolean(),
        userAgent: z.string(),
        createdAt: time,
        lastSeenAt: time,
      }),
    ),
  },
  revoke: {
    method: 'DELETE',
    path: '/api/sessions/:id',
    summary: 'Sign out somewhere else',
    access: 'user',
    params: byId,
    reply: nothing,
  },
  revokeOthers: {
    method: 'DELETE',
    path: '/api/sessions',
    summary: 'Sign out everywhere else',
    access: 'user',
    reply: z.object({ ended: z.number().int() }),
  },
} as const satisfies Record<string, Endpoint>

export const setupEndpoints = {
  get: {
    method: 'GET',
    path: '/api/setup',
    summary: 'Whether the first admin is still to be made',
    access: 'public',
    reply: z.object({ needed: z.boolean() }),
  },
  create: {
    method: 'POST',
    path: '/api/setup',
    summary: 'Make the first admin with the one-time link and sign them in',
    access: 'public',
    body: z.strictObject({ token: z.string().max(200), email, name, password }),
    reply: signedIn,
  },
} as const satisfies Record<string, Endpoint>

export const userEndpoints = {
  list: {
    method: 'GET',
    path: '/api/users',
    summary: 'Users by name. Agents see names only; e-mail addresses are empty for them',
    access: 'user',
    query: page,
    reply: pageOf(user),
  },
  create: {
    method: 'POST',
    path: '/api/users',
    summary: 'Add a user',
    access: 'admin',
    needsProof: true,
    body: z.strictObject({ email, name, password, role: z.enum(roles).default('agent') }),
    reply: user,
  },
  change: {
    method: 'PATCH',
    path: '/api/users/:id',
    summary: 'Change a user. Disabling one, or a new password, ends their sessions at once',
    access: 'admin',
    needsProof: true,
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      role: z.enum(roles).optional(),
      password: password.optional(),
      disabled: z.boolean().optional(),
    }),
    reply: user,
  },
} as const satisfies Record<string, Endpoint>

const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: time,
  lastUsedAt: time.nullable(),
})

export const tokenEndpoints = {
  list: {
    method: 'GET',
    path: '/api/tokens',
    summary: 'Your API tokens',
    access: 'user',
    query: page,
    reply: pageOf(apiToken),
  },
  create: {
    method: 'POST',
    path: '/api/tokens',
    summary: 'Make an API token that acts as you. The token is shown this once',
    access: 'user',
    needsProof: true,
    body: z.strictObject({ name }),
    reply: apiToken.extend({ token: z.string() }),
  },
  remove: {
    method: 'DELETE',
    path: '/api/tokens/:id',
    summary: 'Revoke an API token',
    access: 'user',
    params: byId,
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
