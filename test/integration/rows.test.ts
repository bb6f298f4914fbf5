import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The rows of REQUIREMENTS.md that this version promises. */
const promised = rowsIn('A1–A41 B1–B3 B7 B9 B15–B28 B34–B54 D6–D8 D12–D20 E1 E2 E5–E25')

/** Rows no test can name, and why. */
const untestable: Record<string, string> = {
  A37: 'The webhook address is entered by a person in Twilio’s console; the README says which.',
}

/** `A1 A3–A5` as A1, A3, A4, A5. */
function rowsIn(text: string): string[] {
  return Array.from(
    text.matchAll(/\b([A-E])(\d+)(?:[–-]\1?(\d+))?\b/g),
    ([, letter = '', first = '', last = first]) =>
      Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, index) => `${letter}${Number(first) + index}`,
      ),
  ).flat()
}

async function titles(): Promise<string[]> {
  const found: string[] = []
  const folders = '{contracts,kit,db,services,simulator,standalone,web,test}'
  const exclude = ['**/node_modules/**', 'test/integration/rows.test.ts']
  for await (const file of glob(`${folders}/**/*.test.ts`, { cwd: root, exclude })) {
    const source = await readFile(`${root}/${file}`, 'utf8')
    const called = source.matchAll(/^ *(?:test|story)(?:\.for\([^)]*\))?\(\s*(['"`])(.*?)\1,/gms)
    for (const [, , title = ''] of called) found.push(title)
  }
  return found
}

test('every promised row is named by a test, or there is a reason why none can', async () => {
  const named = new Set((await titles()).flatMap(rowsIn))

  expect(promised.filter((row) => !named.has(row) && !(row in untestable))).toEqual([])
})

test('no reason is kept for a row that has a test, or that is not promised', async () => {
  const named = new Set((await titles()).flatMap(rowsIn))

  const stale = Object.keys(untestable).filter((row) => named.has(row) || !promised.includes(row))
  expect(stale).toEqual([])
})
