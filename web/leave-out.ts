import type { Plugin } from 'vite'

/** Zod writes JSON Schema too, for which only the api asks: a fifth of it. */
const describing = /\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/
/** Only WebSocket is ever asked for (`lib/realtime.ts`), and Socket.IO brings whatever else there is. */
const transports = /\/engine\.io-client\/build\/esm\/transports\/index\.js$/

/** What libraries would have everybody load before anything is seen, and nothing here ever calls. */
export const leaveOut: Plugin = {
  name: 'leave-out',
  apply: 'build',
  transform(code, id) {
    if (describing.test(id)) {
      const names = Array.from(
        code.matchAll(/^export (?:const|function) (\w+)/gm),
        ([, name]) => name,
      )
      return { code: names.map((name) => `export const ${name} = undefined`).join('\n'), map: null }
    }
    if (!transports.test(id)) return undefined
    return {
      code: `import { WS } from './websocket.node.js'\nexport const transports = { websocket: WS }`,
      map: null,
    }
  },
}
