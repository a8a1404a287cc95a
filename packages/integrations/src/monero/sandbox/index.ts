/** Gathers the sandbox that stands in for Monero, and the client of its controls. */
export { SandboxRefused } from "../../loopback/SandboxRefused.ts"
export { makeSandboxControl, type SandboxControl } from "./control/SandboxControl.ts"
export { MoneroSandbox, type RunningSandbox, type SandboxOptions } from "./MoneroSandbox.ts"
export { type RefusalCode, SandboxRefusedRequest, SandboxUnreachable } from "./SandboxError.ts"
export type {
  Fate,
  Reorganisation,
  SandboxOperations,
  SandboxOutput,
  SandboxPayment,
  SandboxStatus,
  SentTransaction
} from "./SandboxOperations.ts"
export type { Fault } from "./server/Faults.ts"
