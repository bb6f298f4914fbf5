import { Validator } from '@seriousme/openapi-schema-validator'
import { mediaEndpoints } from '@partyline/contracts/api/media'
import { expect } from 'vitest'
import { allEndpoints } from './all-endpoints.ts'
import type { Client } from './client.ts'
import { test } from './running-api.ts'

interface Operation {
  summary?: string
  parameters?: { in: string }[]
  requestBody?: object
  security?: object[]
  responses: object
}

interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

const describe = async (client: Client) =>
  JSON.parse((await client.get('/api/openapi.json')).text) as Description

test('the OpenAPI description names every endpoint, its parameters, body and reply', async ({
  nobody,
}) => {
  const { openapi, paths } = await describe(nobody())

  expect(openapi).toBe('3.1.0')
  for (const endpoint of allEndpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    const operation = paths[path]?.[endpoint.method.toLowerCase()]
    const inPath = operation?.parameters?.filter((one) => one.in === 'path') ?? []
    expect(operation?.summary, path).toBe(endpoint.summary)
    expect(inPath, path).toHaveLength(endpoint.path.match(/:\w+/g)?.length ?? 0)
    const takesBody = endpoint.body !== undefined || path === mediaEndpoints.upload.path
    expect(operation?.requestBody !== undefined, path).toBe(takesBody)
    expect(operation?.security?.length, path).toBe(endpoint.access === 'public' ? 0 : undefined)
    expect(Object.keys(operation?.responses ?? {}), path).toEqual(['2XX', 'default'])
  }
})

test('the OpenAPI description is valid OpenAPI 3.1', async ({ nobody }) => {
  const validator = new Validator()

  expect(await validator.validate({ ...(await describe(nobody())) })).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('the OpenAPI description refers to nothing that is not in it', async ({ nobody }) => {
  const description = await describe(nobody())
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
  const dangling = references.filter((reference) => {
    const found = reference
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], description)
    return found === undefined
  })

  expect(dangling).toEqual([])
})

test('the description can be read at /api/docs, which loads nothing from elsewhere', async ({
  nobody,
}) => {
  const page = await nobody().get('/api/docs/')
  const script = await nobody().get('/api/docs/static/swagger-ui-bundle.js')

  expect(page.status).toBe(200)
  expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//)
  expect(page.headers['content-security-policy']).toContain(
    "default-src 'none'; script-src 'self';",
  )
  expect(page.headers['content-security-policy']).not.toContain('http')
  expect(script.status).toBe(200)
})
