/** Gathers the sandbox that stands in for Yunite, and the client of its controls. */
export {
  type RefusalCode,
  type SandboxControlError,
  SandboxRefusedRequest,
  SandboxUnreachable
} from "../../loopback/SandboxError.ts"
export { SandboxRefused } from "../../loopback/SandboxRefused.ts"
export { makeSandboxControl, type SandboxControl } from "./control/SandboxControl.ts"
export type { SandboxFault, SandboxLink, SandboxOperations, SandboxPlayer, SandboxStatus } from "./SandboxOperations.ts"
export { type RunningSandbox, type SandboxOptions, YuniteSandbox } from "./YuniteSandbox.ts"
