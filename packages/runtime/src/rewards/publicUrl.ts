/** Tells where browsers reach the public door. */
import type { Settings } from "../config/Settings.ts"

/** As it is set, else where it listens; a door that listens everywhere, or on a socket, is this machine to its browser. */
export const publicUrlOf = ({ http, rewards }: Pick<Settings, "http" | "rewards">): string => {
  if (rewards.access.publicUrl !== null) return rewards.access.publicUrl
  if (http._tag !== "tcp") return "http://localhost"
  const host = http.host === "0.0.0.0" || http.host === "::" ? "localhost" : http.host
  return `http://${host.includes(":") ? `[${host}]` : host}:${http.port}`
}
