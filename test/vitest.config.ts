import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
// Outcomes are polled for, so these are only how long a failure takes to be called one.
const timeouts = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
}

export default defineConfig({
  root,
  test: {
    globalSetup: 'test/support/infra.ts',
    // They wait more than they compute.
    maxWorkers: 3,
    // A worker loads the sources once, not once a file.
    isolate: false,
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['{contracts,kit,db,services,simulator,cli,standalone}/**/*.test.ts'],
        },
      },
      {
        extends: `${root}/web/vite.config.ts`,
        root: `${root}/web`,
        test: { name: 'web', include: ['src/**/*.test.ts'] },
      },
      {
        root,
        test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...timeouts },
      },
      { root, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...timeouts } },
      {
        root,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/support/browser-infra.ts',
          ...timeouts,
        },
      },
    ],
  },
})
