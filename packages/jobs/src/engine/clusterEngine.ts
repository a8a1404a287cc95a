/** Puts singletons in office once among all workers, on the cluster modules of effect. */
import { layer as socketLayer } from "@effect/platform-node/NodeClusterSocket"
import * as MessageStorage from "effect/cluster/MessageStorage"
import * as RunnerAddress from "effect/cluster/RunnerAddress"
import * as Sharding from "effect/cluster/Sharding"
import * as ShardingConfig from "effect/cluster/ShardingConfig"
import * as SqlRunnerStorage from "effect/cluster/SqlRunnerStorage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { SqlClient } from "effect/sql/SqlClient"
import { defaultBackOff } from "./backOff.ts"
import { ClusterUnavailable } from "./ClusterUnavailable.ts"
import { type ClusterOptions, Engine } from "./Engine.ts"
import type { Fencing } from "./Fencing.ts"
import { makeEngine } from "./makeEngine.ts"

const leastTakeOverMillis = 3000
const defaultTakeOverMillis = 10_000

/** A singleton needs no more than one shard, and each shard is a lock; a few spread singletons over the workers. */
const shards = 16

const shardingOf = ({ host, port, takeOverMillis = defaultTakeOverMillis }: ClusterOptions) => {
  const expirationMillis = Math.max(leastTakeOverMillis, takeOverMillis)
  return {
    runnerAddress: Option.some(RunnerAddress.make(host, port)),
    runnerListenAddress: Option.some(RunnerAddress.make(host, port)),
    shardsPerGroup: shards,
    shardLockExpiration: expirationMillis,
    shardLockRefreshInterval: Math.floor(expirationMillis / 5),
    refreshAssignmentsInterval: 1000,
    runnerHealthCheckInterval: Math.floor(expirationMillis / 5)
  }
}

/** Messages are for entities; singletons need none, so no row is ever kept for them. */
const clusterLayer = (options: ClusterOptions): Layer.Layer<Sharding.Sharding, ClusterUnavailable, SqlClient> => {
  const shardingConfig = shardingOf(options)
  return socketLayer({ storage: "byo", shardingConfig }).pipe(
    Layer.provide(MessageStorage.layerNoop),
    Layer.provide(SqlRunnerStorage.layer),
    Layer.provide(ShardingConfig.layer(shardingConfig)),
    Layer.catchCause((cause) => Layer.effect(Sharding.Sharding, Effect.fail(ClusterUnavailable.of(options, cause))))
  )
}

/** The engine of one worker. */
export const layerOf = (options: ClusterOptions): Layer.Layer<Engine, ClusterUnavailable, Fencing | SqlClient> =>
  Layer.effect(
    Engine,
    Effect.gen(function*() {
      const sharding = yield* Sharding.Sharding
      return yield* makeEngine({
        backOff: options.backOff ?? defaultBackOff,
        retreatMillis: Math.max(leastTakeOverMillis, options.takeOverMillis ?? defaultTakeOverMillis),
        elect: (name, run) => sharding.registerSingleton(name, run)
      })
    })
  ).pipe(Layer.provide(clusterLayer(options)))
