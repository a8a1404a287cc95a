/** Drives the ledger of a sandbox that another process runs. */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import { makeAskControl } from "../../../loopback/askControl.ts"
import { type RefusalCode, SandboxRefusedRequest, SandboxUnreachable } from "../SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Confirming, Fault, Funding, Named, Nothing, Status } from "./Wire.ts"

/** The ledger of a sandbox elsewhere. */
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
    fund: (value) => post("/fund", { body: Funding, value, reply: Named }),
    confirm: (hash) => tell("/confirm", Confirming, hash === undefined ? {} : { hash }),
    rollBack: (hash) => tell("/roll-back", Named, { hash }),
    wipe: tell("/wipe", Nothing, {}),
    fail: (fault) => tell("/fail", Fault, fault)
  }
}
