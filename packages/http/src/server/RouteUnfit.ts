/** Names the mistakes of ours that keep a server from starting. */

/** A route that must not be served as it is declared: without rules, without a handler, at the wrong door. */
export class RouteUnfit extends Error {
  override readonly name = "RouteUnfit"
}
