import { styleText } from 'node:util'
import type { Finding } from './finding.ts'

const signs: Record<Finding['state'], { sign: string; colour: 'green' | 'yellow' | 'red' }> = {
  right: { sign: '✓', colour: 'green' },
  notice: { sign: '!', colour: 'yellow' },
  wrong: { sign: '✗', colour: 'red' },
}

interface Options {
  colours: boolean
}

/** What a person reads: a line for each finding, what to do below it, and how many there are. */
export function toLines(findings: readonly Finding[], { colours }: Options): string[] {
  const width = Math.max(...findings.map(({ about }) => about.length))
  const lines = findings.flatMap(({ state, about, says, step }) => {
    const { sign, colour } = signs[state]
    const marked = colours ? styleText(colour, sign, { validateStream: false }) : sign
    const first = `${marked} ${about.padEnd(width)}  ${says}`
    return step === undefined ? [first] : [first, `${' '.repeat(width + 4)}→ ${step}`]
  })
  return [...lines, '', summary(findings)]
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: Finding['state']) =>
    findings.filter(({ state }) => state === wanted).length
  const problems = count('wrong')
  const notices = count('notice')
  const also = notices > 0 ? `, ${plural(notices, 'thing')} to know` : ''
  if (problems === 0) return `All right${also}.`
  return `${plural(problems, 'problem')}${also}.`
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`
