/** Prints everything that is kept about a player. */
import { AuditEntry, AuditLog } from "@purser/domain/audit"
import { Players } from "@purser/domain/faucet"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { playerIdOf } from "../../faucet/given.ts"
import { exportJson } from "../../faucet/shown.ts"
import { operator, withFaucet } from "../../faucet/withFaucet.ts"
import { writeWhole } from "../../terminal/wholeFile.ts"

interface Input {
  readonly player: string
  readonly out: Option.Option<string>
}

/** Whoever takes a copy of somebody's data is on record. */
const copied = Effect.fnUntraced(function*(text: string) {
  const id = yield* playerIdOf(text)
  const copy = yield* Players.use((players) => players.export(id))
  const deed = { actor: operator.name, action: "player.export", subject: id, details: {}, correlationId: null }
  const entry = new AuditEntry({ ...deed, atMillis: yield* Clock.currentTimeMillis })
  yield* AuditLog.use(({ append }) => append(entry))
  return copy
})

/** What the command does. */
export const run = Effect.fnUntraced(function*({ out, player }: Input) {
  const copy = yield* withFaucet(copied(player))
  const text = JSON.stringify(exportJson(copy), null, 2)
  if (Option.isNone(out)) return yield* Console.log(text)
  yield* writeWhole(out.value, (append) => append(`${text}\n`))
  yield* Console.log(`${copy.accruals.length} accruals and ${copy.payouts.length} payouts in ${out.value}`)
})
