import { accountEndpoints } from '@partyline/contracts/api/account'
import { auditEndpoints } from '@partyline/contracts/api/audit'
import { contactImportEndpoints } from '@partyline/contracts/api/contact-imports'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { priceEndpoints } from '@partyline/contracts/api/prices'
import { pushEndpoints } from '@partyline/contracts/api/push'
import { reachEndpoints } from '@partyline/contracts/api/reach'
import { savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import { mediaEndpoints } from '@partyline/contracts/api/media'
import { memberImportEndpoints } from '@partyline/contracts/api/member-imports'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noteEndpoints } from '@partyline/contracts/api/notes'
import { needyDeliveryEndpoints } from '@partyline/contracts/api/needy-deliveries'
import {
  sessionEndpoints,
  setupEndpoints,
  tokenEndpoints,
  userEndpoints,
} from '@partyline/contracts/api/session'
import { searchEndpoints } from '@partyline/contracts/api/search'
import { statisticsEndpoints } from '@partyline/contracts/api/statistics'
import { templateEndpoints } from '@partyline/contracts/api/templates'
import { threadEndpoints } from '@partyline/contracts/api/thread'
import { systemEndpoints } from '@partyline/contracts/api/system'
import { webhookLogEndpoints } from '@partyline/contracts/api/webhook-log'
import { feedEndpoints } from '@partyline/contracts/feed'
import type { Endpoint } from '@partyline/contracts/http'

/** The whole contract of the api. */
export const allEndpoints: Endpoint[] = [
  sessionEndpoints,
  setupEndpoints,
  userEndpoints,
  tokenEndpoints,
  labelEndpoints,
  lineEndpoints,
  accountEndpoints,
  groupEndpoints,
  memberImportEndpoints,
  contactEndpoints,
  contactImportEndpoints,
  conversationEndpoints,
  messageEndpoints,
  noteEndpoints,
  searchEndpoints,
  savedReplyEndpoints,
  templateEndpoints,
  pushEndpoints,
  reachEndpoints,
  priceEndpoints,
  threadEndpoints,
  mediaEndpoints,
  needyDeliveryEndpoints,
  feedEndpoints,
  statisticsEndpoints,
  systemEndpoints,
  deadLetterEndpoints,
  webhookLogEndpoints,
  auditEndpoints,
].flatMap((endpoints) => Object.values<Endpoint>(endpoints))
