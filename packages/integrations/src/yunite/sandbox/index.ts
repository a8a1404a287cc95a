/** Gathers the sandbox that stands in for Yunite. */
export type { SandboxFault, SandboxGuild, SandboxLink } from "./SandboxGuild.ts"
export { type RunningSandbox, type SandboxOptions, YuniteSandbox } from "./YuniteSandbox.ts"
