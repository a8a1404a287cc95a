/** Keeps payments in the database at hand. */
import { type Payment, type PaymentKey, PaymentStore, type Rail } from "@purser/domain/payments"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { givenRows } from "../dialect/givenRows.ts"
import { amongTexts } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { paymentColumns, paymentOf, type PaymentRow, rails, rowOf, states } from "./paymentRow.ts"

interface Tables {
  readonly payment: PaymentRow
  readonly rail_cursor: { readonly rail: bigint; readonly height: bigint }
}
type Sql = Queries.Queries<Tables>

const columns = Object.keys(paymentColumns) as ReadonlyArray<keyof PaymentRow>
const changeable = columns.filter((column) => column !== "rail" && column !== "payment_key")

/** The last of each key, in the order of keys: the order in which rows are locked everywhere. */
const distinctRows = (payments: ReadonlyArray<Payment>): ReadonlyArray<PaymentRow> => {
  const rows = new Map(payments.map((payment) => [`${payment.rail} ${payment.key}`, rowOf(payment)]))
  return [...rows].sort(([left], [right]) => left < right ? -1 : 1).map(([, row]) => row)
}

const upsert = ({ build, dialect }: Sql, payments: ReadonlyArray<Payment>) =>
  build.insertInto("payment")
    .columns([...columns])
    .expression(givenRows[dialect](paymentColumns, distinctRows(payments)))
    .onConflict((conflict) =>
      conflict.columns(["rail", "payment_key"]).doUpdateSet(({ ref }) =>
        Object.fromEntries(changeable.map((column) => [column, ref(`excluded.${column}`)]))
      )
    )

const onRail = ({ build }: Sql, rail: Rail) =>
  build.selectFrom("payment").selectAll().where("rail", "=", rails.codeOf(rail))

const withKeys = (queries: Sql, rail: Rail, keys: ReadonlyArray<PaymentKey>) =>
  onRail(queries, rail).where(amongTexts[queries.dialect]("payment_key", keys))

const firstSeenFirst = (queries: Sql, rail: Rail) =>
  onRail(queries, rail).orderBy("first_seen_at_millis").orderBy("payment_key")

const unsettled = (queries: Sql, rail: Rail, aboveHeight: number) =>
  firstSeenFirst(queries, rail).where(({ eb, or }) =>
    or([
      eb("state", "in", [states.codeOf("seen"), states.codeOf("orphaned")]),
      eb("height", ">", BigInt(aboveHeight))
    ])
  )

const newestFirst = (queries: Sql, rail: Rail, limit: number) =>
  onRail(queries, rail).orderBy("first_seen_at_millis", "desc").orderBy("payment_key", "desc").limit(limit)

const cursor = ({ build }: Sql, rail: Rail) =>
  build.selectFrom("rail_cursor").select("height").where("rail", "=", rails.codeOf(rail))

const setCursor = ({ build }: Sql, rail: Rail, height: number) =>
  build.insertInto("rail_cursor").values({ rail: rails.codeOf(rail), height: BigInt(height) })
    .onConflict((conflict) => conflict.column("rail").doUpdateSet(({ ref }) => ({ height: ref("excluded.height") })))

/** A `PaymentStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<PaymentStore, never, Services> = Layer.effect(
  PaymentStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const select = (method: string, query: ReturnType<typeof onRail>) =>
      asStorageError(`PaymentStore.${method}`)(decoded(queries.all(query), paymentOf))
    return PaymentStore.of({
      byKeys: (rail, keys) => keys.length === 0 ? Effect.succeed([]) : select("byKeys", withKeys(queries, rail, keys)),
      byTarget: (rail, target) => select("byTarget", firstSeenFirst(queries, rail).where("target", "=", target)),
      unsettled: (rail, aboveHeight) => select("unsettled", unsettled(queries, rail, aboveHeight)),
      inState: (rail, state, limit) =>
        select("inState", newestFirst(queries, rail, limit).where("state", "=", states.codeOf(state))),
      save: (payments) =>
        payments.length === 0
          ? Effect.void
          : asStorageError("PaymentStore.save")(queries.run(upsert(queries, payments))),
      cursor: (rail) =>
        asStorageError("PaymentStore.cursor")(
          Effect.map(
            queries.first(cursor(queries, rail)),
            (row) => Option.map(Option.fromUndefinedOr(row), ({ height }) => Number(height))
          )
        ),
      setCursor: (rail, height) =>
        asStorageError("PaymentStore.setCursor")(queries.run(setCursor(queries, rail, height)))
    })
  })
)
