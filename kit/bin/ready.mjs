// Whether the service on this port of this machine is ready: what a container's health check runs.
// Plain JavaScript without an import, since it starts anew every few seconds.
const [port] = process.argv.slice(2)
const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
process.exitCode = answer?.ok ? 0 : 1
