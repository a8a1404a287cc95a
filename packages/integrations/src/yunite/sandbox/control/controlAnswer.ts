/** Answers the control interface of a sandbox of Yunite. */
import { answerDeeds, deed } from "../../../loopback/deeds.ts"
import type { Handler } from "../../../loopback/listen.ts"
import type { SandboxRefusedRequest } from "../../../loopback/SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Failing, Linking, Named, Status } from "./Wire.ts"

/** Answers requests under `/sandbox`; what is refused is named by a code. */
export const controlAnswer = (sandbox: SandboxOperations<SandboxRefusedRequest>): Handler =>
  answerDeeds({ form: Status, now: sandbox.status }, {
    join: deed(Named, ({ userId }) => sandbox.join(userId)),
    leave: deed(Named, ({ userId }) => sandbox.leave(userId)),
    link: deed(Linking, ({ userId, ...link }) => sandbox.link(userId, link)),
    unlink: deed(Named, ({ userId }) => sandbox.unlink(userId)),
    fail: deed(Failing, ({ faults }) => sandbox.fail(faults))
  })
