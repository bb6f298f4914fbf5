import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { endFamily } from './end-family.ts'
import { runScenario } from './run-scenario.ts'
import { scenarios } from './scenarios/all.ts'

/** One run in a process of its own, so that runs side by side share nothing: `run-one.ts T04 1 [seconds]`. */
const [id = '', seed = '', seconds] = process.argv.slice(2)
const scenario = scenarios.find((each) => each.id === id)
if (!scenario) throw new Error(`no such scenario: ${id}`)
const folder = mkdtempSync(path.join(os.tmpdir(), `partyline-chaos-${id}-`))

function giveUp(): void {
  endFamily()
  process.exit(130)
}
process.on('SIGINT', giveUp).on('SIGTERM', giveUp)
// Whoever wanted the outcome is gone.
process.on('disconnect', giveUp)
process.on('exit', (code) => {
  if (code === 130) rmSync(folder, { recursive: true, force: true })
})

const limit = seconds === undefined ? {} : { seconds: Number(seconds) }
const outcome = await runScenario(scenario, { seed: Number(seed), folder, ...limit })
process.off('disconnect', giveUp)
process.send?.(outcome, () => process.exit())
