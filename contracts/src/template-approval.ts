interface Judged {
  contentType: string
  /** WhatsApp's word. */
  status: string
  rejectionReason: string
}

/** With buttons, pictures or lists the text alone would not be what people see. */
const plainText = 'twilio/text'

/** Why a template cannot be sent; null when it can. */
export function templateProblem({ contentType, status, rejectionReason }: Judged): string | null {
  if (contentType !== plainText) {
    return `It is more than plain text (${contentType}), which Partyline does not send yet.`
  }
  switch (status) {
    case 'approved':
      return null
    case 'received':
    case 'pending':
      return 'WhatsApp has not approved it yet.'
    case 'unsubmitted':
      return 'Nobody has submitted it to WhatsApp yet.'
    case 'rejected':
      return rejectionReason === ''
        ? 'WhatsApp rejected it.'
        : `WhatsApp rejected it: ${rejectionReason.replace(/\.$/, '')}.`
    case 'paused':
      return 'WhatsApp has paused it, because people blocked or reported it.'
    case 'disabled':
      return 'WhatsApp has disabled it, because people kept reporting it.'
    default:
      return `WhatsApp has not approved it (${status}).`
  }
}
