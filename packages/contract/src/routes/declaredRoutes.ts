/** Lists the routes of an API together with their rules. */
import * as Context from "effect/Context"
import * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import type * as Option from "effect/Option"
import type * as Schema from "effect/Schema"
import { RouteRules, type Rules } from "./RouteRules.ts"

/** An endpoint, what it answers by status, and what it says about itself; `rules` is none where somebody forgot. */
export interface DeclaredRoute {
  readonly endpoint: HttpApiEndpoint.Top
  readonly successes: ReadonlyMap<number, ReadonlyArray<Schema.Top>>
  readonly errors: ReadonlyMap<number, ReadonlyArray<Schema.Top>>
  readonly rules: Option.Option<Rules>
}

/** Every route, in the order of declaration. */
export const declaredRoutes = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
): ReadonlyArray<DeclaredRoute> => {
  const routes: Array<DeclaredRoute> = []
  HttpApi.reflect(api, {
    onGroup: () => undefined,
    onEndpoint: ({ endpoint, errors, successes }) => {
      routes.push({ endpoint, successes, errors, rules: Context.getOption(endpoint.annotations, RouteRules) })
    }
  })
  return routes
}

/** How a route is called in logs, spans, figures and the reference: never with values in it. */
export const routeName = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path}`
