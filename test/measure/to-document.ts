import os from 'node:os'
import { type Measured, tableOf } from './measured.ts'

/** docs/measured.md, written by the script that measured. */
export function toDocument(rows: Measured[]): string {
  const day = new Date().toISOString().slice(0, 10)
  const [cpu] = os.cpus()
  return `# Measured

\`npm run measure\` fills a database of its own with 100,000 conversations and 5 million texts (one thread of 50,000, a group of
2,000), starts the whole product on it, and measures in real Chromium against the production build. \`npm run measure -- --write\`
writes this page; \`--size small\` takes a minute, \`--only load\`, \`press\` or \`api\` one part. What it made is kept in \`--folder\` for the
next time.

- **To the next frame**: from the press of a key or button to the next frame that Chromium paints, as its Event Timing says; the
  worst of five rounds. Its figures come in steps of 8 ms, and 16 stands for anything shorter.
- **All of it**: from the press until the screen shows what was asked for; the median.
- **In Postgres**: what Postgres itself counts for all statements of one answer (pg_stat_statements), the mean of 20.
- **Layout shift**: what moved that nobody pressed, as Chromium counts it.

Last on ${day}, ${os.cpus().length} cores (${cpu?.model ?? 'unknown'}), Node ${process.versions.node}.

${tableOf(rows)}
`
}
