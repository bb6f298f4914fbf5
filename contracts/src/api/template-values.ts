import { z } from 'zod'

/** Twilio's id of a template, which is ours too. */
export const templateId = z.string().regex(/^HX[0-9a-fA-F]{32}$/, {
  error: 'This is no template: give the id of one from the list of templates (HX…).',
})

/** More than any text holds, so that nothing endless is taken in. */
export const templateVariables = z
  .record(z.string().regex(/^\w{1,50}$/), z.string().max(1_600))
  .refine((given) => Object.keys(given).length <= 100, { message: 'has more than 100 variables' })
