#!/usr/bin/env node
// Needs a Node that runs TypeScript: the image's. `npm run doctor` finds one by itself.
import '../src/main.ts'
