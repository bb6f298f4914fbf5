import type { Scenario } from '../scenario.ts'
import { t01 } from './t01-baseline.ts'
import { t02 } from './t02-ingress-crashes.ts'
import { t03 } from './t03-dispatcher-crashes.ts'
import { t04 } from './t04-kill-anything.ts'
import { t05 } from './t05-rolling-restart.ts'
import { t06 } from './t06-freezes.ts'
import { t08 } from './t08-redis-killed.ts'
import { t09 } from './t09-redis-away.ts'
import { t10 } from './t10-flushall.ts'
import { t11 } from './t11-redis-hangs.ts'
import { t12 } from './t12-redis-full.ts'
import { t13 } from './t13-postgres-killed.ts'
import { t14 } from './t14-postgres-hangs.ts'
import { t15 } from './t15-both-away.ts'
import { t16 } from './t16-taken-while-postgres-is-away.ts'
import { t17 } from './t17-lost-answers.ts'
import { canary, t18 } from './t18-late-creates.ts'
import { t19 } from './t19-one-sender-limited.ts'
import { t20 } from './t20-account-refused.ts'
import { t21 } from './t21-callbacks.ts'
import { t22 } from './t22-duplicate-webhooks.ts'
import { t23 } from './t23-identical-texts.ts'
import { t28 } from './t28-stop.ts'

export const scenarios: Scenario[] = [
  ...[t01, t02, t03, t04, t05, t06, t08, t09, t10, t11, t12, t13, t14, t15, t16, t17],
  ...[t18, canary, t19, t20, t21, t22, t23, t28],
]
