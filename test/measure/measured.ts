export interface Measured {
  what: string
  value: number
  unit: 'ms' | 'kB' | ''
  /** Undefined: told, and not judged. */
  limit?: number
  /** Where it came from, when it is too much. */
  why?: string
}

export const passes = ({ value, limit }: Measured) => limit === undefined || value <= limit

function digits(unit: Measured['unit'], value: number): number {
  if (unit === '') return 4
  if (unit === 'kB') return 1
  return value < 10 ? 2 : 0
}

const shown = ({ value, unit }: Pick<Measured, 'value' | 'unit'>) =>
  `${value.toFixed(digits(unit, value))} ${unit}`.trim()

/** One line, for the terminal. */
export function lineOf(measured: Measured): string {
  const { what, unit, limit, why } = measured
  const verdict = limit === undefined ? '' : passes(measured) ? 'ok' : `MISSED ${why ?? ''}`
  const allowed = limit === undefined ? '' : `limit ${shown({ value: limit, unit })}`
  return `${what.padEnd(58)} ${shown(measured).padStart(10)}  ${allowed.padEnd(16)} ${verdict}`.trimEnd()
}

/** The same as a table, for docs/measured.md. */
export function tableOf(rows: Measured[]): string {
  const lines = rows.map((row) => {
    const limit = row.limit === undefined ? '' : shown({ ...row, value: row.limit })
    const verdict = row.limit === undefined ? '' : passes(row) ? 'yes' : '**no**'
    return `| ${row.what} | ${shown(row)} | ${limit} | ${verdict} |`
  })
  return ['| what | measured | limit | kept |', '| --- | --- | --- | --- |', ...lines].join('\n')
}
