/** Answers the RPC of a node: finds the action, does it or goes wrong, and prints. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Answer, bare, json, type Said } from "../../../loopback/Answer.ts"
import type { Handler } from "../../../loopback/listen.ts"
import { BlockHash } from "../../crypto/hash.ts"
import type { WorkSearch } from "../../work/WorkSearch.ts"
import { confirmUntil } from "../ledger/elections.ts"
import type { LedgerKeeper } from "../ledger/LedgerKeeper.ts"
import { actions } from "./actions.ts"
import { type Faults, spoil } from "./Faults.ts"

/** What answers. */
export interface Node {
  readonly keeper: LedgerKeeper
  readonly faults: Faults
  readonly threshold: bigint
  /** How long an election lasts; null when blocks are confirmed by hand. */
  readonly confirmationMillis: number | null
  /** Undefined where the node makes no work, as public ones do not. */
  readonly search: WorkSearch | undefined
}

const Command = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Unknown))
const readCommand = Schema.decodeUnknownOption(Command)

const said = (answer: object): Said => json(200, JSON.stringify(answer))

type Parameters = Readonly<Record<string, unknown>>

const workFor = ({ search, threshold }: Node, parameters: Parameters): Effect.Effect<object> => {
  if (search === undefined) return Effect.succeed({ error: "RPC control is disabled" })
  const hash = Schema.decodeUnknownOption(BlockHash)(parameters["hash"])
  if (Option.isNone(hash)) return Effect.succeed({ error: "Invalid block hash" })
  return Effect.match(search.find(hash.value, threshold), {
    onSuccess: (work) => ({ work, difficulty: threshold.toString(16), multiplier: "1", hash: hash.value }),
    onFailure: () => ({ error: "Work generation cancellation or failure" })
  })
}

/** Does an action; `isKept` says whether the ledger keeps what it did. */
const act = Effect.fnUntraced(function*(node: Node, parameters: Parameters, isKept: boolean) {
  if (parameters["action"] === "work_generate") return said(yield* workFor(node, parameters))
  const action = actions.get(String(parameters["action"]))
  if (action === undefined) return said({ error: "Unknown command" })
  const atMillis = yield* Clock.currentTimeMillis
  const { confirmationMillis, keeper, threshold } = node
  return yield* keeper.change((state) => {
    const now = confirmationMillis === null ? state : confirmUntil(state, atMillis - confirmationMillis)
    const acted = action(now, { parameters, atMillis, threshold })
    return { state: isKept ? acted.state : now, answer: said(acted.answer) }
  }).pipe(Effect.catch(() => Effect.succeed(bare(500))))
})

/** The handler of the node's one address. */
export const answerNode = (node: Node): Handler => ({ body, method }) =>
  Effect.gen(function*(): Effect.fn.Return<Answer> {
    if (method !== "POST") return bare(404)
    const parameters = readCommand(body)
    if (Option.isNone(parameters)) return said({ error: "Unable to parse JSON" })
    const fault = yield* node.faults.next(String(parameters.value["action"]))
    if (fault === undefined) return yield* act(node, parameters.value, true)
    const isKept = fault.isDone && fault.kind !== "refusal" && fault.kind !== "drop"
    return yield* spoil(fault, yield* act(node, parameters.value, isKept))
  })
