/** Answers as Yunite does: refuses, tells of the ids that are asked, or goes wrong. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { type Asked, json } from "../../../loopback/Answer.ts"
import { type Faults, spoil } from "../../../loopback/Faults.ts"
import type { Handler } from "../../../loopback/listen.ts"
import { type Guild, tellOf } from "../Guild.ts"
import type { SandboxFault } from "../SandboxOperations.ts"

/** What answers are made from; `questions` grows by the ids of each that is not refused. */
export interface Rooms {
  readonly guild: Guild
  readonly token: Redacted.Redacted<string>
  readonly questions: Array<ReadonlyArray<string>>
  readonly faults: Faults<SandboxFault>
}

const readIds = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Struct({ type: Schema.Literal("DISCORD"), userIds: Schema.Array(Schema.String) }))
)

const refusalOf = ({ headers, method, path }: Asked, { guild, token }: Rooms): number | undefined => {
  if (headers["y-api-token"] !== Redacted.value(token)) return 401
  const guildId = /^\/api\/v3\/guild\/(\d+)\/registration\/links$/u.exec(path)?.[1]
  if (method !== "POST" || guildId === undefined) return 404
  return guildId === guild.id ? undefined : 403
}

/** The handler of everything that Yunite answers. */
export const answerYunite = (rooms: Rooms): Handler => (asked) =>
  Effect.gen(function*() {
    const refusal = refusalOf(asked, rooms)
    if (refusal !== undefined) return json(refusal, "{}")
    const question = readIds(asked.body)
    if (Option.isNone(question)) return json(400, "{}")
    const { userIds } = question.value
    rooms.questions.push(userIds)
    const fault = yield* rooms.faults.strike(asked.path)
    return yield* spoil(
      fault,
      Effect.sync(() => json(200, JSON.stringify(tellOf(rooms.guild, userIds, fault?.kind))))
    )
  })
