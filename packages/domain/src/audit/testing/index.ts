/** Gathers test material for the audit log. */
export { layerMemory } from "./AuditLogMemory.ts"
