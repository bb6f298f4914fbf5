import { parseArgs } from 'node:util'

export interface Options {
  /** Empty: all. */
  scenarios: string[]
  seeds: number[]
  minutes: number | undefined
  list: boolean
}

/** `--scenario T01,T04 --seed 1,2,3 --minutes 10 --list` */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      scenario: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  })
  const split = (given: string | undefined) => given?.split(',').filter(Boolean) ?? []
  const seeds = split(values.seed).map(Number)
  return {
    scenarios: split(values.scenario),
    seeds: seeds.length > 0 ? seeds : [Date.now() % 1_000_000],
    minutes: values.minutes === undefined ? undefined : Number(values.minutes),
    list: values.list,
  }
}
