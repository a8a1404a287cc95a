/** Answers the control interface of a sandbox of fortnite-api.com. */
import { answerDeeds, deed } from "../../../loopback/deeds.ts"
import type { Handler } from "../../../loopback/listen.ts"
import type { SandboxRefusedRequest } from "../../../loopback/SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Account, Failing, Named, Play, Status } from "./Wire.ts"

/** Answers requests under `/sandbox`; what is refused is named by a code. */
export const controlAnswer = (sandbox: SandboxOperations<SandboxRefusedRequest>): Handler =>
  answerDeeds({ form: Status, now: sandbox.status }, {
    "set-player": deed(Account, sandbox.setPlayer),
    "remove-player": deed(Named, ({ epicId }) => sandbox.removePlayer(epicId)),
    play: deed(Play, sandbox.play),
    fail: deed(Failing, ({ faults }) => sandbox.fail(faults))
  })
