/** What a person at the terminal reads. Logs go elsewhere. */
export function say(text: string): void {
  console.log(text)
}

export function complain(text: string): void {
  console.error(text)
}
