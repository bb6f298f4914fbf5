import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '@partyline/contracts/errors'
import { isCommonPassword } from './common-passwords.ts'

const derive = promisify(argon2)

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. Kept in the hash, so it can be raised. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32

/** In PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { message: password, nonce, tagLength, ...cost })
  return phc(nonce, tag)
}

/**
 * Takes as long when there is no such user, or one who never signs in, so the time does not tell who has an
 * account.
 */
export async function passwordMatches(password: string, hash?: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, expected] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash || decoy) ?? []
  if (!salt || !expected) throw new Error('not a password hash')
  const tag = Buffer.from(expected, 'base64')
  const actual = await derive('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    tagLength: tag.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return timingSafeEqual(actual, tag)
}

export function refuseCommon(password: string): void {
  if (isCommonPassword(password)) {
    throw new AppError(
      'invalid_request',
      'This password is one of the most used, so it is the first to be tried. Choose another.',
    )
  }
}

function phc(salt: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = cost
  const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(salt)}$${plain(tag)}`
}

const decoy = phc(randomBytes(16), randomBytes(tagLength))
