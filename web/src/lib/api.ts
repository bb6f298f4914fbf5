import { mediaEndpoints } from '@partyline/contracts/api/media'
import type { Media } from '@partyline/contracts/api/messages'
import type { Endpoint } from '@partyline/contracts/http'
import type { z } from 'zod'
import { ApiError, outOfDate, readApiError, unproved } from './api-error.ts'
import { sendFile } from './send-file.ts'

type Part<T, Key extends string> = T extends z.ZodType
  ? { [K in Key]: z.input<T> }
  : { [K in Key]?: never }
type Input<E extends Endpoint> = Part<E['params'], 'params'> &
  Partial<Part<E['query'], 'query'>> &
  Part<E['body'], 'body'>

export interface Api {
  call<E extends Endpoint>(
    endpoint: E,
    ...input: object extends Input<E> ? [Input<E>?] : [Input<E>]
  ): Promise<z.output<E['reply']>>
  /** `onprogress` is told how much has gone up, from 0 to 1. */
  upload(file: File, onprogress?: (part: number) => void): Promise<Media>
  /** A small file that is shown as words, such as a contact card. */
  readText(path: string): Promise<string>
  /** Whether there still is such a file: false only when the api says so. */
  isThere(path: string): Promise<boolean>
  /** Called whenever the session turns out to be over; returns its own undo. */
  onSignedOut(listener: () => void): () => void
  /** Who asks for the password again. When it was given, what wanted it is done once more. */
  onReauth(ask: () => Promise<boolean>): void
}

type Query = Record<string, string | number | undefined>

interface Given {
  params?: Record<string, string>
  query?: Query
  body?: unknown
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

export function createApi(fetch: Fetch): Api {
  const signedOut = new Set<() => void>()
  let askAgain = async () => false

  const ask = <E extends Endpoint>(endpoint: E, url: string, init: RequestInit) =>
    read(endpoint, () => fetch(url, { method: endpoint.method, ...init }))

  async function read<E extends Endpoint>(endpoint: E, request: () => Promise<Response>) {
    const response = await reach(request)
    if (!response.ok) {
      const error = await readApiError(response)
      if (error.code === 'not_signed_in') for (const listener of signedOut) listener()
      if (error.code !== 'reauth') throw error
      if (await askAgain()) return read(endpoint, request)
      throw unproved
    }
    const parsed = endpoint.reply.safeParse(await reach(() => response.json()))
    if (!parsed.success) {
      throw new ApiError('unexpected_reply', outOfDate, { cause: parsed.error })
    }
    return parsed.data as z.output<E['reply']>
  }

  return {
    async call(endpoint, ...[input]) {
      const { params = {}, query = {}, body } = (input ?? {}) as Given
      const headers = { 'content-type': 'application/json' }
      return ask(
        endpoint,
        urlOf(endpoint.path, params, query),
        body === undefined ? {} : { headers, body: JSON.stringify(body) },
      )
    },
    async readText(path) {
      const response = await reach(() => fetch(path, { method: 'GET' }))
      if (!response.ok) throw await readApiError(response)
      return reach(() => response.text())
    },
    async isThere(path) {
      try {
        return (await fetch(path, { method: 'HEAD' })).status !== 404
      } catch {
        // Out of reach: whoever sends it is told then.
        return true
      }
    },
    async upload(file, onprogress = () => undefined) {
      const { upload } = mediaEndpoints
      return read(upload, () => sendFile(upload.path, file, onprogress))
    },
    onSignedOut(listener) {
      signedOut.add(listener)
      return () => signedOut.delete(listener)
    },
    onReauth(ask) {
      askAgain = ask
    },
  }
}

function urlOf(path: string, params: Record<string, string>, query: Query) {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value))
  }
  return search.size === 0 ? filled : `${filled}?${search.toString()}`
}

/** A request that never got an answer is told apart from one that was refused. */
async function reach<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (cause) {
    throw new ApiError('unreachable', 'Partyline cannot be reached. Check your connection.', {
      cause,
    })
  }
}
