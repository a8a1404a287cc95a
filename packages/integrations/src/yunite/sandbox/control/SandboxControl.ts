/** Drives a sandbox of Yunite that another process runs. */
import { makeAskDeeds } from "../../../loopback/deeds.ts"
import type { SandboxControlError } from "../../../loopback/SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Failing, Linking, Named, Status } from "./Wire.ts"

/** A sandbox elsewhere. */
export type SandboxControl = SandboxOperations<SandboxControlError>

/** The control interface at that address, such as `http://127.0.0.1:18080`. Nothing is sent until it is used. */
export const makeSandboxControl = (url: string): SandboxControl => {
  const { status, tell } = makeAskDeeds("Yunite", url, Status)
  const join = tell("join", Named)
  const leave = tell("leave", Named)
  const link = tell("link", Linking)
  const unlink = tell("unlink", Named)
  const fail = tell("fail", Failing)
  return {
    status,
    join: (userId) => join({ userId }),
    leave: (userId) => leave({ userId }),
    link: (userId, linked) => link({ userId, ...linked }),
    unlink: (userId) => unlink({ userId }),
    fail: (faults) => fail({ faults })
  }
}
