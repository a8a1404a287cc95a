/** Answers the control interface of a sandbox of Discord. */
import { answerDeeds, deed } from "../../../loopback/deeds.ts"
import type { Handler } from "../../../loopback/listen.ts"
import type { SandboxRefusedRequest } from "../../../loopback/SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Failing, Joining, Leaving, Status, User } from "./Wire.ts"

/** Answers requests under `/sandbox`; what is refused is named by a code. */
export const controlAnswer = (sandbox: SandboxOperations<SandboxRefusedRequest>): Handler =>
  answerDeeds({ form: Status, now: sandbox.status }, {
    "add-user": deed(User, sandbox.addUser),
    join: deed(Joining, sandbox.join),
    leave: deed(Leaving, ({ userId }) => sandbox.leave(userId)),
    fail: deed(Failing, ({ faults }) => sandbox.fail(faults))
  })
