import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
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
    transform: jsonSchemaTransform,
  })
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
