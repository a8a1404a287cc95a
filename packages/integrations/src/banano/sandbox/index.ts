/** Gathers the sandbox that stands in for a node of Banano, and the client of its controls. */
export { SandboxRefused } from "../../loopback/SandboxRefused.ts"
export { BananoSandbox, type RunningSandbox, type SandboxOptions } from "./BananoSandbox.ts"
export { makeSandboxControl, type SandboxControl } from "./control/SandboxControl.ts"
export { type RefusalCode, SandboxRefusedRequest, SandboxUnreachable } from "./SandboxError.ts"
export type {
  FaultKind,
  NamedBlock,
  SandboxFault,
  SandboxFunding,
  SandboxOperations,
  SandboxStatus
} from "./SandboxOperations.ts"
