/** Gathers the sandbox that stands in for fortnite-api.com, and the client of its controls. */
export {
  type RefusalCode,
  type SandboxControlError,
  SandboxRefusedRequest,
  SandboxUnreachable
} from "../../loopback/SandboxError.ts"
export { SandboxRefused } from "../../loopback/SandboxRefused.ts"
export { makeSandboxControl, type SandboxControl } from "./control/SandboxControl.ts"
export { FortniteSandbox, type RunningSandbox, type SandboxOptions } from "./FortniteSandbox.ts"
export type {
  SandboxAccount,
  SandboxFault,
  SandboxOperations,
  SandboxPlay,
  SandboxPlayer,
  SandboxStatus,
  StatsLevel
} from "./SandboxOperations.ts"
