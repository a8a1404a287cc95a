/** Examines an installation: settings that fit, folders, keys, database, wallet, daemon, clock, rewards. */
import * as Effect from "effect/Effect"
import type { Settings } from "../config/Settings.ts"
import { examineDatabase } from "./database.ts"
import { examineFiles } from "./files.ts"
import type { Finding } from "./Finding.ts"
import { examineMonero } from "./monero.ts"
import { examineRewards } from "./rewards.ts"

/** Every finding, in the order in which a start would meet them. Serves nobody and books nothing. */
export const examine = (settings: Settings): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.map(
    Effect.all([examineFiles(settings), examineDatabase(settings), examineMonero(settings), examineRewards(settings)]),
    (findings) => findings.flat()
  )
