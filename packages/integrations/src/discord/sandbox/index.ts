/** Gathers the sandbox that stands in for Discord, and the client of its controls. */
export {
  type RefusalCode,
  type SandboxControlError,
  SandboxRefusedRequest,
  SandboxUnreachable
} from "../../loopback/SandboxError.ts"
export { SandboxRefused } from "../../loopback/SandboxRefused.ts"
export { makeSandboxControl, type SandboxControl } from "./control/SandboxControl.ts"
export { type DemoPlayer, demoPlayers } from "./demoPlayers.ts"
export { DiscordSandbox, type RunningSandbox, type SandboxOptions } from "./DiscordSandbox.ts"
export type { SandboxFault, SandboxJoining, SandboxOperations, SandboxStatus } from "./SandboxOperations.ts"
