/** Plays an afternoon of the shop. Run it twice: the second time nothing new happens, and it prints the same. */
import { LedgerStore } from "@purser/domain/ledger"
import { Amount } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { currency } from "./accounts.ts"
import { books } from "./books.ts"
import { layer as layerOrders } from "./OrdersSql.ts"
import { layer as layerWallet, Wallet } from "./Wallet.ts"

const euro = (minor: bigint): string => Amount.print(minor, currency, 2).padStart(6)
const say = (text: string) => Effect.sync(() => process.stdout.write(`${text}\n`))

/** Amounts come from outside as text. */
const cents = (text: string) => Effect.fromResult(Amount.parse(text, currency))

const showStatement = Effect.gen(function*() {
  const wallet = yield* Wallet
  let after: bigint | undefined
  do {
    const page = yield* wallet.statement("ada", { limit: 3, ...after === undefined ? {} : { after } })
    for (const line of page.lines) {
      yield* say(
        `${line.what.padEnd(7)}${(line.reference ?? "").padEnd(9)}${euro(line.amountMinor)}` +
          `  balance ${euro(line.balanceMinor)}  held ${euro(line.heldMinor)}`
      )
    }
    after = page.next
  } while (after !== undefined)
})

const afternoon = Effect.gen(function*() {
  const wallet = yield* Wallet
  yield* wallet.open("ada")
  yield* wallet.topUp("ada", yield* cents("50.00"), "bank 17")

  yield* wallet.placeOrder({ id: "order 1", user: "ada", amountMinor: yield* cents("30.00") })
  yield* wallet.placeOrder({ id: "order 2", user: "ada", amountMinor: yield* cents("15.00") })
  const tooMuch = wallet.placeOrder({ id: "order 3", user: "ada", amountMinor: yield* cents("50.01") })
  yield* say((yield* Effect.flip(tooMuch)).message)

  yield* wallet.ship("order 1", yield* cents("24.00"))
  yield* wallet.cancel("order 2")
  yield* wallet.placeOrder({ id: "order 4", user: "ada", amountMinor: yield* cents("9.90") })
  yield* wallet.ship("order 4", yield* cents("9.90"))
  yield* wallet.refund("order 4")
  yield* showStatement
  yield* say(`free to spend: ${euro(yield* wallet.available("ada"))}`)

  const { discrepancies, transfers } = yield* LedgerStore.use((store) => store.verify)
  yield* say(`${transfers} transfers, ${discrepancies.length} discrepancies`)
})

const program = Layer.provideMerge(layerWallet, Layer.provideMerge(layerOrders, books(process.env.DATABASE_URL)))

await Effect.runPromise(Effect.provide(afternoon, program))
