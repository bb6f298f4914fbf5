import type { News } from './news.ts'

interface Tone {
  hertz: number
  atMs: number
}

/** In: two tones up, like a question. Out: one low and short, like a door. */
const tunes: Record<News['way'], readonly Tone[]> = {
  in: [
    { hertz: 660, atMs: 0 },
    { hertz: 880, atMs: 110 },
  ],
  out: [{ hertz: 330, atMs: 0 }],
}
const loudness = 0.08
const toneMs = 160

/** Makes its sounds itself, so none is loaded. The browser allows it once somebody clicked in the page. */
export function createSound(open: () => AudioContext = () => new AudioContext()) {
  let context: AudioContext | undefined

  function play(audio: AudioContext, { hertz, atMs }: Tone): void {
    const from = audio.currentTime + atMs / 1_000
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.type = 'sine'
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(loudness, from + 0.01)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + toneMs / 1_000)
    tone.connect(volume).connect(audio.destination)
    tone.start(from)
    tone.stop(from + toneMs / 1_000)
  }

  return {
    async play(way: News['way']): Promise<void> {
      context ??= open()
      await context.resume()
      for (const tone of tunes[way]) play(context, tone)
    },
  }
}
