/** Drives the chain of a sandbox that another process runs. */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import { makeAskControl } from "../../../loopback/askControl.ts"
import { type RefusalCode, SandboxRefusedRequest, SandboxUnreachable } from "../SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Daemon, Mining, Named, Payment, Reorganising, Status } from "./Wire.ts"

/** The chain of a sandbox elsewhere. */
export type SandboxControl = SandboxOperations<SandboxUnreachable | SandboxRefusedRequest>

/** The control interface at that address, such as `http://127.0.0.1:18080`. Nothing is sent until it is used. */
export const makeSandboxControl = (url: string): SandboxControl => {
  const { get, post } = makeAskControl(url, {
    refused: (code, detail) => new SandboxRefusedRequest({ code: code as RefusalCode, detail }),
    unreachable: (base, why) => new SandboxUnreachable({ url: base, why })
  })
  const tell = <A>(path: string, body: Schema.Codec<A, unknown>, value: A) =>
    Effect.asVoid(post(path, { body, value, reply: Status }))

  return {
    status: get("", Status),
    pay: (value) => post("/pay", { body: Payment, value, reply: Named }),
    mine: (blocks, rewardMinor) =>
      tell("/mine", Mining, { blocks, ...(rewardMinor === undefined ? {} : { rewardMinor }) }),
    reorganise: (reorganisation) => tell("/reorganise", Reorganising, reorganisation),
    resend: (transactionId) => tell("/resend", Named, { transactionId }),
    doubleSpend: (transactionId) => tell("/double-spend", Named, { transactionId }),
    stopDaemon: tell("/daemon", Daemon, { state: "down" }),
    startDaemon: tell("/daemon", Daemon, { state: "up" })
  }
}
