/** Gathers the audit log. */
export * from "./AuditLog.ts"
