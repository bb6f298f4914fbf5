import { spawn } from 'node:child_process'
import { root } from './prepare.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a program in place of this one: its terminal, its signals, its exit code. */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options })
  const forward = (signal) => child.kill(signal)
  for (const signal of signals) process.on(signal, forward)
  const orphaned = onceOrphaned(() => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearInterval(orphaned)
      for (const each of signals) process.off(each, forward)
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1))
    })
  })
}

/** Killing npm kills the shell between npm and this program, and nobody tells this program. */
function onceOrphaned(stop) {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, 300)
  return timer
}
