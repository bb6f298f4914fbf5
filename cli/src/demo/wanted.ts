import { z } from 'zod'

/** `DEMO`: whether a first start with the simulator makes conversations to look at. */
export const demo = z.stringbool('must be true or false').default(true)
