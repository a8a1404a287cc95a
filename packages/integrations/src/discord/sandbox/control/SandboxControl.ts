/** Drives a sandbox of Discord that another process runs. */
import { makeAskDeeds } from "../../../loopback/deeds.ts"
import type { SandboxControlError } from "../../../loopback/SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Failing, Joining, Leaving, Status, User } from "./Wire.ts"

/** A sandbox elsewhere. */
export type SandboxControl = SandboxOperations<SandboxControlError>

/** The control interface at that address, such as `http://127.0.0.1:18080`. Nothing is sent until it is used. */
export const makeSandboxControl = (url: string): SandboxControl => {
  const { status, tell } = makeAskDeeds("Discord", url, Status)
  const leave = tell("leave", Leaving)
  const fail = tell("fail", Failing)
  return {
    status,
    addUser: tell("add-user", User),
    join: tell("join", Joining),
    leave: (userId) => leave({ userId }),
    fail: (faults) => fail({ faults })
  }
}
