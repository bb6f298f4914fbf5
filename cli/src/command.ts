export interface Call {
  /** What was typed after the command's name. */
  args: string[]
  env: NodeJS.ProcessEnv
}

export interface Command {
  /** One line, shown in the list of commands. */
  help: string
  /** Resolves to the exit code. What a person can act on is thrown as a KnownError. */
  run(call: Call): Promise<number>
}
