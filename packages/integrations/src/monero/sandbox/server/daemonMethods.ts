/** Answers what monerod 0.18 answers. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ChainKeeper } from "../chain/ChainKeeper.ts"
import { type Method, method } from "./rpc.ts"

/** The daemon's methods. Whether it is up at all is asked before. */
export const daemonMethods = ({ read }: ChainKeeper): ReadonlyMap<string, Method> =>
  new Map([
    [
      "get_info",
      method(Schema.Unknown, () =>
        Effect.map(read, ({ height, transactions }) => ({
          height,
          target_height: 0,
          nettype: "stagenet",
          stagenet: true,
          synchronized: true,
          tx_pool_size: transactions.filter(({ place }) => place === "pool").length,
          status: "OK"
        })))
    ]
  ])
