// Runs on Node 18 and later, before anything is installed: only what Node itself brings.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const stamp = path.join(root, 'node_modules', '.partyline-installed')
const lockfile = path.join(root, 'package-lock.json')
const needed = [24, 7]

/** Installs what is missing, and returns the Node that runs TypeScript. */
export function prepare() {
  if (!isInstalled()) install()
  return nodeProgram() ?? bringNode()
}

function wanted() {
  const content = existsSync(lockfile) ? readFileSync(lockfile) : ''
  return createHash('sha256').update(content).digest('hex')
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()
}

function install() {
  // `ci` begins by deleting what is there, so it is only for a fresh clone.
  const fresh = existsSync(lockfile) && !existsSync(path.join(root, 'node_modules'))
  const command = fresh ? 'ci' : 'install'
  console.log('Installing what is missing (only the first time) …')
  const result = npm([command, '--no-fund', '--no-audit', '--loglevel=error'])
  if (result !== 0) {
    console.error('npm could not install the packages: see what it says above.')
    process.exit(1)
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted())
}

function npm(args) {
  // npm tells its scripts where it is; without that, the one on the PATH.
  const cli = process.env.npm_execpath
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
  const { status } = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: command === 'npm' && process.platform === 'win32',
  })
  return status
}

function nodeProgram() {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const own = path.join(root, 'node_modules', 'node', 'bin', `node${suffix}`)
  return [own, process.execPath].find(isNewEnough)
}

function isNewEnough(program) {
  if (!existsSync(program)) return false
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  const [major = 0, minor = 0] = (stdout ?? '').replace('v', '').split('.').map(Number)
  return major > needed[0] || (major === needed[0] && minor >= needed[1])
}

/** Where npm was told to run no install scripts, the package `node` has not fetched its program yet. */
function bringNode() {
  const folder = path.join(root, 'node_modules', 'node')
  if (existsSync(folder)) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, stdio: 'ignore' })
  }
  const program = nodeProgram()
  if (program) return program
  console.error(`Node ${needed.join('.')} or later is needed, and npm could not bring it.`)
  process.exit(1)
}
