import { z } from 'zod'
import { askedTime } from '../http.ts'
import { templateId, templateVariables } from './template-values.ts'

/** Twilio's limit on one text, in characters. */
export const maxBodyLength = 1600

/** What somebody wants to say, and when. */
export const newMessage = z
  .strictObject({
    body: z.string().trim().max(maxBodyLength).default(''),
    mediaIds: z.array(z.uuid()).max(10).default([]),
    /** On WhatsApp, instead of a text: an approved template, and a value for each of its variables. */
    templateId: templateId.optional(),
    templateVariables: templateVariables.optional(),
    clientKey: z.string().min(1).max(100),
    /** Later than now and within a year: the text waits until then. */
    sendAt: askedTime.optional(),
    /** To one person, with `sendAt`: their next text takes it back. */
    cancelOnReply: z.boolean().optional(),
    /** It waits for so long, and can be cancelled meanwhile as a scheduled one. */
    undoSeconds: z.number().int().min(1).max(60).optional(),
    /** The carrier said that nothing can arrive there: try it all the same. */
    evenIfUnreachable: z.boolean().optional(),
    /** After `repeat_unconfirmed`: the same text is meant to go to the same people again. */
    confirm: z.boolean().optional(),
  })
  .refine((given) => given.sendAt === undefined || given.undoSeconds === undefined, {
    message: 'goes with undoSeconds or with sendAt, not with both',
    path: ['sendAt'],
  })
  .refine((given) => !given.cancelOnReply || given.sendAt !== undefined, {
    message: 'goes with sendAt only',
    path: ['cancelOnReply'],
  })
  .refine(({ body, mediaIds, templateId }) => body !== '' || mediaIds.length > 0 || templateId, {
    message: 'write a text or add a picture',
    path: ['body'],
  })
  .refine(({ body, mediaIds, templateId }) => !templateId || (body === '' && !mediaIds[0]), {
    message: 'a template has its own text: leave out body and mediaIds',
    path: ['templateId'],
  })
  .refine(({ templateId, templateVariables }) => templateId || !templateVariables, {
    message: 'goes with templateId only',
    path: ['templateVariables'],
  })
