/** Loaded before a process that knows nothing of benches: says what CPU it has used when it is asked. */
process.on('message', (asked) => {
  if (asked !== 'cpu') return
  const { user, system } = process.cpuUsage()
  process.send?.({ asked, answer: (user + system) / 1_000 })
})
// Being ready to answer is no reason to stay.
process.channel?.unref()
process.on('disconnect', () => process.exit())
