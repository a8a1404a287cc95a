/** Drives a sandbox of fortnite-api.com that another process runs. */
import { makeAskDeeds } from "../../../loopback/deeds.ts"
import type { SandboxControlError } from "../../../loopback/SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Account, Failing, Named, Play, Status } from "./Wire.ts"

/** A sandbox elsewhere. */
export type SandboxControl = SandboxOperations<SandboxControlError>

/** The control interface at that address, such as `http://127.0.0.1:18080`. Nothing is sent until it is used. */
export const makeSandboxControl = (url: string): SandboxControl => {
  const { status, tell } = makeAskDeeds("Fortnite", url, Status)
  const removePlayer = tell("remove-player", Named)
  const fail = tell("fail", Failing)
  return {
    status,
    setPlayer: tell("set-player", Account),
    removePlayer: (epicId) => removePlayer({ epicId }),
    play: tell("play", Play),
    fail: (faults) => fail({ faults })
  }
}
