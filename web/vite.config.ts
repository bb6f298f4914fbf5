import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { leaveOut } from './leave-out.ts'

const backend = process.env['PARTYLINE_BACKEND'] ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [
    leaveOut,
    tailwindcss(),
    sveltekit({
      adapter: adapter({ fallback: 'index.html', precompress: true }),
      // Only where somebody wants to be told while no window is open.
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // Libraries position menus with style attributes, which no hash can cover.
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'connect-src': ['self'],
          'worker-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
        },
      },
    }),
  ],
  // The first browsers with light-dark(), which the tokens are written in.
  build: { cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'] },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/socket.io', '/webhooks', '/simulator'].map((path) => [
        path,
        // The api checks the Origin header against its own address.
        {
          target: backend,
          ws: path === '/socket.io',
          changeOrigin: true,
          headers: { origin: backend },
        },
      ]),
    ),
  },
})
