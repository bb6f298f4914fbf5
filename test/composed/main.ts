import { parseArgs } from 'node:util'
import { figureNames } from '../chaos/judge.ts'
import { missingEngine } from './engine.ts'
import { restartUnderLoad } from './rolling-restart.ts'

/** `--dispatchers 4 --others 2 --texts 20 --seconds 60`: what was seen, as JSON; 1 when anything is not zero. */
const { values } = parseArgs({
  options: {
    dispatchers: { type: 'string', default: '4' },
    others: { type: 'string', default: '2' },
    texts: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
  },
})
const missing = await missingEngine()
if (missing) throw new Error(missing)

const plan = {
  dispatchers: Number(values.dispatchers),
  others: Number(values.others),
  textsPerSecond: Number(values.texts),
}
const outcome = await restartUnderLoad({ ...plan, seconds: Number(values.seconds) })
process.stdout.write(`${JSON.stringify({ ...plan, ...outcome }, undefined, 2)}\n`)
const failed = figureNames.some((name) => outcome[name] > 0) || outcome.problems.length > 0
process.exit(failed ? 1 : 0)
