import { healthRoutes } from '@partyline/kit/health'
import { createHttp, type Http } from '@partyline/kit/http'
import type { Service } from '@partyline/kit/service'
import { traceRequests } from '@partyline/kit/trace-requests'
import { watchStores } from '@partyline/kit/watch-stores'
import { createSessionCookie } from '@partyline/kit/session-cookie'
import { ping } from '@partyline/db/queries/ping'
import { guardRoutes } from './access.ts'
import { createApiMetrics } from './api-metrics.ts'
import type { Deps, RouteDeps, Routes } from './deps.ts'
import { ensureFirstAdmin } from './first-admin.ts'
import { describeRoutes, serveDescription } from './openapi.ts'
import { refuseUnstorable } from './refuse-unstorable.ts'
import { createRings } from './rings.ts'
import { accountRoutes } from './routes/account.ts'
import { auditRoutes } from './routes/audit.ts'
import { contactIdentityRoutes, contactMergeRoutes } from './routes/contact-identity.ts'
import { contactImportRoutes } from './routes/contact-imports.ts'
import { contactListRoutes } from './routes/contact-lists.ts'
import { contactRoutes } from './routes/contacts.ts'
import { conversationChangeRoutes, conversationRoutes } from './routes/conversations.ts'
import { deadLetterRoutes } from './routes/dead-letters.ts'
import { deliveryRoutes } from './routes/deliveries.ts'
import { heldDeliveryRoutes } from './routes/held-deliveries.ts'
import { retryFailedRoutes } from './routes/retry-failed.ts'
import { feedRoutes } from './routes/feed.ts'
import { groupListRoutes } from './routes/group-lists.ts'
import { groupRoutes, memberRoutes } from './routes/groups.ts'
import { labelRoutes } from './routes/labels.ts'
import { lineRoutes } from './routes/lines.ts'
import { mediaRoutes, uploadRoutes } from './routes/media.ts'
import { needyDeliveryRoutes } from './routes/needy-deliveries.ts'
import { memberImportRoutes } from './routes/member-imports.ts'
import { messageRoutes } from './routes/messages.ts'
import { pushRoutes } from './routes/push.ts'
import { reachRoutes } from './routes/reach.ts'
import { savedReplyRoutes } from './routes/saved-replies.ts'
import { peopleMessageRoutes } from './routes/people-messages.ts'
import { noteRoutes } from './routes/notes.ts'
import { scheduledRoutes } from './routes/scheduled.ts'
import { threadRoutes } from './routes/thread.ts'
import { transcriptRoutes } from './routes/transcript.ts'
import { searchRoutes } from './routes/search.ts'
import { sessionRoutes } from './routes/session.ts'
import { sessionProofRoutes } from './routes/session-proof.ts'
import { ownAccountRoutes } from './routes/own-account.ts'
import { sessionListRoutes } from './routes/sessions.ts'
import { setupRoutes } from './routes/setup.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { systemRoutes } from './routes/system.ts'
import { templateRoutes } from './routes/templates.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { userRoutes } from './routes/users.ts'
import { webhookLogRoutes } from './routes/webhook-log.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'

const routes: Routes[] = [
  sessionRoutes,
  sessionProofRoutes,
  sessionListRoutes,
  ownAccountRoutes,
  pushRoutes,
  setupRoutes,
  userRoutes,
  tokenRoutes,
  labelRoutes,
  lineRoutes,
  accountRoutes,
  groupRoutes,
  memberRoutes,
  groupListRoutes,
  memberImportRoutes,
  contactRoutes,
  contactIdentityRoutes,
  contactMergeRoutes,
  contactImportRoutes,
  contactListRoutes,
  peopleMessageRoutes,
  conversationRoutes,
  conversationChangeRoutes,
  messageRoutes,
  noteRoutes,
  deliveryRoutes,
  heldDeliveryRoutes,
  retryFailedRoutes,
  needyDeliveryRoutes,
  threadRoutes,
  transcriptRoutes,
  scheduledRoutes,
  searchRoutes,
  savedReplyRoutes,
  templateRoutes,
  reachRoutes,
  mediaRoutes,
  feedRoutes,
  statisticsRoutes,
  systemRoutes,
  deadLetterRoutes,
  webhookLogRoutes,
  auditRoutes,
]

const maxBodyBytes = 65_536

/** What the dashboard and scripts ask. `start` makes it ready to listen or to be injected into. */
export function createApi(deps: Deps): Service & { http: Http } {
  const { config, log, db } = deps
  const http = createHttp(log, {
    bodyLimit: maxBodyBytes,
    // A 5 MB picture over a slow line.
    requestTimeout: 60_000,
    trustProxy: config.trustedProxies,
  })
  traceRequests(http, deps.tracing)
  // Only JSON: a form of another site cannot send that.
  http.removeContentTypeParser('text/plain')
  secureHeaders(http)
  const metrics = createApiMetrics()
  http.addHook('onResponse', (_request, reply, done) => {
    metrics.answered(reply)
    done()
  })
  healthRoutes(http, { postgres: () => ping(db) }, metrics.metrics)
  watchStores(metrics.metrics, { postgres: () => ping(db) })
  http.register(async (root) => {
    await describeRoutes(root)
    await root.register(serveDescription)
    await root.register(async (guarded) => {
      const routeDeps: RouteDeps = {
        ...deps,
        cookie: createSessionCookie(config.publicUrl),
        rings: createRings(deps),
        throttle: createSignInThrottle(),
      }
      guardRoutes(guarded, routeDeps)
      refuseUnstorable(guarded)
      for (const add of routes) add(guarded, routeDeps)
      await guarded.register(async (uploads) => uploadRoutes(uploads, routeDeps))
    })
  })
  return {
    http,
    async start() {
      await ensureFirstAdmin(db, config.admin)
      await http.ready()
    },
    async stop() {
      await http.close()
    },
  }
}

/** For every answer; a route that needs another sets its own. */
function secureHeaders(http: Http): void {
  http.addHook('onSend', async (_request, reply) => {
    const headers = {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    }
    for (const [name, value] of Object.entries(headers)) {
      if (!reply.hasHeader(name)) void reply.header(name, value)
    }
  })
}
