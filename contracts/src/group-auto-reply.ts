/** What a group line answers to a member's text, unless told otherwise. */
export const groupAutoReply = 'Message received.'
