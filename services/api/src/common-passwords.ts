/** The most used passwords of the public leaks that are long enough to pass, reduced to their stem. */
const stems = new Set(
  `password passwort passw0rd p@ssword p@ssw0rd pa55word passpass mypassword newpassword
  qwertyui qwertyuiop qwerty qwertz qwertzuiop azerty azertyuiop asdfghjk asdfghjkl asdfasdf asdf1234
  qazwsxed qazwsxedc 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qaz2wsx3edc zaq12wsx
  1qazxsw2 zxcvbnm zxcvbnm1 abcd1234 abc12345 a1b2c3d4 abcdefgh abcdefg 1234qwer qwer1234 test1234 testtest
  iloveyou ilovegod iloveu sunshine princess football baseball basketball superman batman spiderman
  starwars pokemon welcome letmein trustno1 whatever computer internet michelle jennifer jonathan
  charlie jordan23 liverpool chelsea arsenal manchester barcelona realmadrid samantha victoria
  alexander butterfly chocolate elephant dolphins danielle november december september october
  administrator admin admin123 adminadmin changeme change secret secret123 default master access
  login guest user root hunter2 monkey dragon shadow killer freedom mustang corvette maverick
  midnight snowball creative scorpion startrek cocacola samsung google facebook linkedin twitter
  babygirl lovelove loveyou lovely beautiful blessed jesus christ password12 partyline twilio`.split(
    /\s+/,
  ),
)

/** Digits and signs at the end fool nobody: `Password1!` is `password`. */
export function isCommonPassword(password: string): boolean {
  const typed = password.toLowerCase()
  const stem = typed.replace(/[\d\W_]+$/, '')
  return stems.has(typed) || stems.has(stem) || isRun(typed)
}

/** `11111111`, `12121212`, `12345678`, `87654321`. */
function isRun(typed: string): boolean {
  if (/^(.{1,4})\1+$/.test(typed)) return true
  const steps = Array.from(typed.slice(1), (character, index) =>
    Math.abs(character.charCodeAt(0) - typed.charCodeAt(index)),
  )
  return /^\d+$/.test(typed) && steps.every((step) => step === 1 || step === 9)
}
