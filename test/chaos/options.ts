import { parseArgs } from 'node:util'

export interface Options {
  /** Empty: all. */
  scenarios: string[]
  seeds: number[]
  minutes: number | undefined
  /** How many runs side by side. */
  jobs: number
  /** Where each run leaves a line. */
  results: string
  /** What was run on this commit already is not run again. */
  resume: boolean
  /** Runs nothing: prints what the results file holds. */
  report: boolean
  list: boolean
}

/** `--scenario T01,T04 --seed 1,2,3 --minutes 10 --jobs 2 --results file --resume --report --list` */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      scenario: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      jobs: { type: 'string', default: '1' },
      results: { type: 'string', default: 'test-results/chaos.jsonl' },
      resume: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
    },
  })
  const split = (given: string | undefined) => given?.split(',').filter(Boolean) ?? []
  const seeds = split(values.seed).map(Number)
  return {
    ...values,
    scenarios: split(values.scenario),
    seeds: seeds.length > 0 ? seeds : [Date.now() % 1_000_000],
    minutes: values.minutes === undefined ? undefined : Number(values.minutes),
    jobs: Math.max(1, Number(values.jobs)),
  }
}
