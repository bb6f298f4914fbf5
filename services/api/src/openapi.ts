import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { proofMinutes } from '@partyline/contracts/api/session'
import { mediaEndpoints } from '@partyline/contracts/api/media'
import { errorStatus } from '@partyline/contracts/errors'
import type { Endpoint } from '@partyline/contracts/http'
import type { Http } from '@partyline/kit/http'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'

/** Describes every route registered after it. */
export async function describeRoutes(http: Http): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Partyline',
        version: '0.1.0',
        description:
          'Sign in with `POST /api/session`, or send `Authorization: Bearer <api token>`. Errors are `{ "error": { "code", "message", "requestId" } }`. Lists are `{ "items", "nextCursor" }`, with `?cursor=&limit=`.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'partyline' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: describe,
  })
}

const errorReply = {
  description: 'What went wrong, for people, with a code for programs',
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { enum: Object.keys(errorStatus) },
        message: { type: 'string' },
        requestId: { type: 'string' },
      },
    },
  },
}

const askedAgain = `A session answers \`reauth\` unless its user gave their password within the last ${proofMinutes} minutes, at sign-in or with \`POST /api/session/proof\`. An API token is not asked.`

/** What zod says of an endpoint, and what its contract and its place here add. */
const describe: typeof jsonSchemaTransform = (given) => {
  const { schema, url } = jsonSchemaTransform(given)
  if (schema.hide) return { schema, url }
  const { access, needsProof } = given.route.config as Pick<Endpoint, 'access' | 'needsProof'>
  const notes = [
    ...(access === 'admin' ? ['For administrators.'] : []),
    ...(needsProof ? [askedAgain] : []),
  ]
  const response = { ...(schema.response as object | undefined), default: errorReply }
  const isUpload = url === mediaEndpoints.upload.path
  return {
    url,
    schema: {
      ...schema,
      response,
      tags: [url.split('/')[2] ?? ''],
      ...(access === 'public' && { security: [] }),
      ...(notes.length > 0 && { description: notes.join(' ') }),
      ...(isUpload && {
        consumes: ['application/octet-stream'],
        body: { type: 'string', format: 'binary' },
      }),
    },
  }
}

/** The description, and a page to read it on that loads nothing from elsewhere. */
export async function serveDescription(http: Http): Promise<void> {
  http.get('/api/openapi.json', { schema: { hide: true } }, async () => http.swagger())
  await http.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP:
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    uiConfig: { url: '/api/openapi.json', validatorUrl: null },
  })
}
