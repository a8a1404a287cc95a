/** Drives the play ledger of Banano. */
import { FaucetSettings } from "@purser/domain/faucet"
import { BlockHash, parseBan, printBan } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { bananoControl } from "./faucetControls.ts"

interface Given {
  readonly json: boolean
}

/** Shows where the ledger stands. */
export const status = Effect.fnUntraced(function*({ json }: Given) {
  const now = yield* explain((yield* bananoControl).status)
  yield* print(json, now, pairs(Object.entries(now).map(([name, value]) => [name, String(value)] as const)))
})

const operatorAddress = withFaucet(FaucetSettings.useSync((settings): string => settings.operatorAddress))

interface Funding extends Given {
  readonly amount: string
  readonly to: Option.Option<string>
}

/** Gives play money away. */
export const fund = Effect.fnUntraced(function*({ amount, json, to }: Funding) {
  const amountRaw = yield* Effect.fromResult(
    Result.mapError(parseBan(amount), ({ message }) => failed(`amount: ${message}; expected BAN, such as 7.5`))
  )
  const node = yield* bananoControl
  const address = Option.isSome(to) ? to.value : yield* operatorAddress
  const { hash } = yield* explain(node.fund({ address, amountRaw }))
  yield* print(
    json,
    { hash, address, amount_ban: printBan(amountRaw) },
    `${printBan(amountRaw)} play BAN for ${address} in ${hash}`
  )
})

interface Confirming extends Given {
  readonly block: Option.Option<string>
}

/** Confirms a block, or all. */
export const confirm = Effect.fnUntraced(function*({ block, json }: Confirming) {
  const hash = Option.isNone(block)
    ? undefined
    : yield* Effect.mapError(
      Schema.decodeUnknownEffect(BlockHash)(block.value.toUpperCase()),
      () => failed("block: expected 64 hexadecimal digits")
    )
  yield* explain((yield* bananoControl).confirm(hash))
  yield* print(
    json,
    { confirmed: hash ?? "all" },
    hash === undefined ? "all blocks are confirmed" : `${hash} is confirmed`
  )
})
