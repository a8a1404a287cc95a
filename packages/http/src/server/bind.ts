/** Makes a server listen on TCP or on a Unix socket, whose file it keeps in order. */
import * as Effect from "effect/Effect"
import { chmodSync, lstatSync, statSync, unlinkSync } from "node:fs"
import type { Server } from "node:http"
import { connect } from "node:net"
import { dirname } from "node:path"
import { isMainThread } from "node:worker_threads"
import type { Listener } from "../Listener.ts"
import { type ListenProblem, ListenRefused } from "../ListenRefused.ts"

type Unix = Extract<Listener, { readonly _tag: "unix" }>

const codeOf = (cause: unknown): string => cause instanceof Error && "code" in cause ? String(cause.code) : "UNKNOWN"

const problems: Readonly<Record<string, ListenProblem>> = {
  EADDRINUSE: "AddressInUse",
  EACCES: "PermissionDenied",
  EPERM: "PermissionDenied",
  EADDRNOTAVAIL: "AddressNotAvailable",
  ENOTFOUND: "AddressNotAvailable",
  EAI_AGAIN: "AddressNotAvailable",
  EINVAL: "AddressNotAvailable"
}

const refusal = (listener: Listener, code: string, reason?: ListenProblem): ListenRefused =>
  new ListenRefused({ listener, code, reason: reason ?? problems[code] ?? "Unknown" })

/** What is at the path: nothing, a socket that nobody answers on, or something that must be left alone. */
type Place = "free" | "stale" | ListenRefused

const isThere = (path: string): boolean | string => {
  try {
    return lstatSync(path).isSocket() ? true : "NotASocket"
  } catch (cause) {
    return codeOf(cause) !== "ENOENT" && codeOf(cause)
  }
}

const hasFolder = (path: string): boolean => {
  try {
    return statSync(dirname(path)).isDirectory()
  } catch {
    return false
  }
}

/** Asks whether somebody answers on the socket. Refused means that its owner has gone. */
const probe = (listener: Unix): Effect.Effect<Place> =>
  Effect.callback((resume) => {
    const socket = connect(listener.path)
    socket.once("connect", () => {
      socket.destroy()
      resume(Effect.succeed(refusal(listener, "EADDRINUSE", "SocketInUse")))
    })
    socket.once("error", (cause) => {
      const code = codeOf(cause)
      resume(Effect.succeed(code === "ECONNREFUSED" ? "stale" : code === "ENOENT" ? "free" : refusal(listener, code)))
    })
    return Effect.sync(() => socket.destroy())
  })

const look = (listener: Unix): Effect.Effect<Place> =>
  Effect.suspend(() => {
    if (!hasFolder(listener.path)) return Effect.succeed(refusal(listener, "ENOENT", "FolderMissing"))
    const there = isThere(listener.path)
    if (there === "NotASocket") return Effect.succeed(refusal(listener, "EEXIST", "NotASocket"))
    if (typeof there === "string") return Effect.succeed(refusal(listener, there))
    return there ? probe(listener) : Effect.succeed("free")
  })

const clear = (listener: Unix, place: Place): Effect.Effect<void, ListenRefused> => {
  if (typeof place !== "string") return Effect.fail(place)
  return place === "free"
    ? Effect.void
    : Effect.try({ try: () => unlinkSync(listener.path), catch: (cause) => refusal(listener, codeOf(cause)) })
}

const bound = (server: Server, listener: Listener): Listener => {
  const address = server.address()
  return listener._tag === "tcp" && typeof address === "object" && address !== null
    ? { ...listener, port: address.port }
    : listener
}

const ownerOnly = 0o177

/**
 * The socket's file is made for its owner alone and then given its mode, all before the first connection is looked at.
 * A worker thread has no mask of its own to set; there the mode alone has to do.
 */
const listenOnSocket = (server: Server, { path }: Unix, mode: number): void => {
  const mask = isMainThread ? process.umask(ownerOnly) : undefined
  try {
    server.listen({ path })
  } finally {
    if (mask !== undefined) process.umask(mask)
  }
  if (server.listening) chmodSync(path, mode)
}

const listen = (server: Server, listener: Listener, mode: number): Effect.Effect<Listener, ListenRefused> =>
  Effect.callback((resume) => {
    const fail = (cause: unknown): void => resume(Effect.fail(refusal(listener, codeOf(cause))))
    server.once("error", fail)
    server.once("listening", () => {
      server.off("error", fail)
      resume(Effect.succeed(bound(server, listener)))
    })
    try {
      if (listener._tag === "unix") listenOnSocket(server, listener, mode)
      else server.listen({ host: listener.host, port: listener.port })
    } catch (cause) {
      fail(cause)
    }
  })

/**
 * Listens, and answers where: with port 0 the one that was taken. A socket file that nobody answers on is removed first;
 * one that somebody answers on, and whatever is no socket, is left alone. `mode` is that of the socket's file.
 */
export const bind = (server: Server, listener: Listener, mode: number): Effect.Effect<Listener, ListenRefused> =>
  listener._tag === "tcp"
    ? listen(server, listener, mode)
    : Effect.andThen(
      Effect.flatMap(look(listener), (place) => clear(listener, place)),
      listen(server, listener, mode)
    )
