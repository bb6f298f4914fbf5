import type { Http } from '@partyline/kit/http'

/** What a scrape of a service says. */
export interface Scraped {
  text: string
  /** The value of the one series that has these labels; undefined when there is none. */
  of(name: string, labels?: Record<string, string>): number | undefined
  /** The names of everything it can say, whether or not there is anything to say. */
  names: string[]
}

export async function scrape(http: Http): Promise<Scraped> {
  const answer = await http.inject('/metrics')
  if (answer.statusCode !== 200) throw new Error(`/metrics answered ${answer.statusCode}`)
  return readScrape(answer.body)
}

export function readScrape(text: string): Scraped {
  const lines = text.split('\n')
  const names = lines.flatMap((line) => /^# TYPE (\S+) /.exec(line)?.[1] ?? [])
  return {
    text,
    names,
    of(name, labels = {}) {
      const found = lines.filter(
        (line) =>
          new RegExp(`^${name}[ {]`).test(line) &&
          Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)),
      )
      if (found.length > 1) throw new Error(`${found.length} series of ${name} match`)
      return found[0] === undefined ? undefined : Number(found[0].split(' ').at(-1))
    },
  }
}
