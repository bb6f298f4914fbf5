import { z } from 'zod'
import { AppError } from '@partyline/contracts/errors'

export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input)
  if (!result.success) throw new AppError('invalid_request', z.prettifyError(result.error))
  return result.data
}
