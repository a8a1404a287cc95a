/** Finds the route of a request by method and path. */

interface Routed {
  readonly method: string
  readonly path: string
}

/** A route and the parameters in the path; or what the path has instead of the method; or nothing. */
export type Found<Route> =
  | { readonly _tag: "Route"; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly _tag: "WrongMethod"; readonly allow: string }
  | { readonly _tag: "Nothing" }

/** Answers where a request goes. */
export type RouteTable<Route> = (method: string, path: string) => Found<Route>

type Methods<Route> = ReadonlyMap<string, Route>

const nothing = { _tag: "Nothing" } as const
const noParams: Readonly<Record<string, string>> = {}

const byMethod = <Route extends Routed>(routes: ReadonlyArray<Route>): Methods<Route> => {
  const methods = new Map(routes.map((route) => [route.method, route]))
  const get = methods.get("GET")
  return get === undefined ? methods : new Map([...methods, ["HEAD", get]])
}

const choose = <Route>(
  methods: Methods<Route>,
  method: string,
  params: Readonly<Record<string, string>>
): Found<Route> => {
  const route = methods.get(method)
  return route === undefined
    ? { _tag: "WrongMethod", allow: [...methods.keys()].sort().join(", ") }
    : { _tag: "Route", route, params }
}

const pattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:(\w+)/gu, "(?<$1>[^/]+)")}$`, "u")

/** Left as it is where it is no valid escape: the route's schema then refuses it. */
const unescaped = (text: string): string => {
  if (!text.includes("%")) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const unescapedAll = (groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, unescaped(text)]))

/** A table of these routes; paths hold parameters as `:name`. GET answers HEAD too. */
export const routeTable = <Route extends Routed>(routes: ReadonlyArray<Route>): RouteTable<Route> => {
  const paths = [...Map.groupBy(routes, ({ path }) => path)]
  const fixed = new Map(
    paths.filter(([path]) => !path.includes(":")).map(([path, held]) => [path, byMethod(held)])
  )
  const open = paths.filter(([path]) => path.includes(":"))
    .map(([path, held]) => ({ pattern: pattern(path), methods: byMethod(held) }))
  return (method, path) => {
    const methods = fixed.get(path)
    if (methods !== undefined) return choose(methods, method, noParams)
    for (const { methods, pattern } of open) {
      const match = pattern.exec(path)
      if (match !== null) return choose(methods, method, unescapedAll(match.groups ?? noParams))
    }
    return nothing
  }
}
