/** Draws rates over callers as an SVG picture that follows the reader's light or dark scheme. */
import type { Row } from "../rounds.ts"
import type { Summary } from "./tables.ts"
import { titles } from "./tables.ts"

interface Panel {
  readonly title: string
  readonly has: (summary: Summary) => boolean
}

const panels: ReadonlyArray<Panel> = [
  { title: "PostgreSQL, spread", has: ({ shape, store }) => store === "postgres" && shape === "spread" },
  { title: "PostgreSQL, one hot account", has: ({ shape, store }) => store === "postgres" && shape === "hot" },
  { title: "SQLite, spread", has: ({ shape, store }) => store === "sqlite" && shape === "spread" },
  { title: "SQLite, one hot account", has: ({ shape, store }) => store === "sqlite" && shape === "hot" }
]

const [panelWidth, panelHeight, left, top, gapX, gapY] = [330, 210, 58, 78, 74, 66]
const width = left + 2 * panelWidth + gapX + 24
const heightOfAll = (count: number): number => top + Math.ceil(count / 2) * (panelHeight + gapY) + 14
const [lowest, highest] = [100, 100_000]

const style = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 17px; font-weight: 600 } .panel { font-size: 13px; font-weight: 600 } .quiet { fill: #57606a }
  .paper { fill: #ffffff } .grid { stroke: #d8dee4; stroke-width: 1 } .line { fill: none; stroke-width: 2.5 }
  .purser { stroke: #0b62d6 } .pgledger { stroke: #b35900 } .cte { stroke: #2e7d32 } .batch { stroke: #7a4fb5; stroke-dasharray: 6 4 }
  circle.purser { fill: #0b62d6 } circle.pgledger { fill: #b35900 } circle.cte { fill: #2e7d32 } circle { stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9198a1 } .paper { fill: #0d1117 } .grid { stroke: #30363d }
    .purser { stroke: #58a6ff } .pgledger { stroke: #f0883e } .cte { stroke: #56d364 } .batch { stroke: #bc8cff }
    circle.purser { fill: #58a6ff } circle.pgledger { fill: #f0883e } circle.cte { fill: #56d364 }
  }`

const one = (value: number): string => String(Math.round(value * 10) / 10)

type Point = readonly [x: number, y: number]

const text = ([x, y]: Point, content: string, more = ""): string =>
  `<text x="${one(x)}" y="${one(y)}"${more}>${content}</text>`

const line = (from: Point, to: Point, name: string): string =>
  `<line x1="${one(from[0])}" y1="${one(from[1])}" x2="${one(to[0])}" y2="${one(to[1])}" class="${name}"/>`

/** Rates go up by powers of ten. */
const heightOf = (perSecond: number): number => {
  const share = Math.log10(Math.min(highest, Math.max(lowest, perSecond)) / lowest) / Math.log10(highest / lowest)
  return panelHeight * (1 - share)
}

const thousands = (value: number): string => value >= 1000 ? `${value / 1000}k` : String(value)

const grid = ([x, y]: Point, callers: ReadonlyArray<number>, across: (index: number) => number): string =>
  [
    ...[100, 1000, 10_000, 100_000].map((rate) =>
      line([x, y + heightOf(rate)], [x + panelWidth, y + heightOf(rate)], "grid")
      + text([x - 8, y + heightOf(rate) + 4], thousands(rate), " text-anchor=\"end\" class=\"quiet\"")
    ),
    ...callers.map((count, index) =>
      text([x + across(index), y + panelHeight + 18], String(count), " text-anchor=\"middle\" class=\"quiet\"")
    )
  ].join("\n")

const curve = (points: ReadonlyArray<Point>, name: string): string =>
  `<polyline class="line ${name}" points="${points.map(([x, y]) => `${one(x)},${one(y)}`).join(" ")}"/>`
  + points.map(([x, y]) => `<circle class="${name}" cx="${one(x)}" cy="${one(y)}" r="3.5"/>`).join("")

const drawPanel = (panel: Panel, summaries: ReadonlyArray<Summary>, [x, y]: Point): string => {
  const own = summaries.filter(panel.has)
  const callers = [...new Set(own.filter(({ target }) => target !== "batch").map((each) => each.callers))]
    .toSorted((first, second) => first - second)
  const across = (index: number): number => 16 + index * (panelWidth - 32) / Math.max(1, callers.length - 1)
  const lines = (["cte", "pgledger", "purser"] as const).flatMap((target) => {
    const points = own.filter((each) => each.target === target)
      .map((each) => [x + across(callers.indexOf(each.callers)), y + heightOf(each.perSecond)] as const)
    return points.length === 0 ? [] : [curve(points, target)]
  })
  const floor = own.find(({ target }) => target === "batch")
  const flat = floor === undefined
    ? ""
    : line([x, y + heightOf(floor.perSecond)], [x + panelWidth, y + heightOf(floor.perSecond)], "line batch")
  return [text([x, y - 12], panel.title, " class=\"panel\""), grid([x, y], callers, across), flat, ...lines].join("\n")
}

/** Wide enough for the longest name. */
const legendStep = 186

const legend = (names: ReadonlyArray<Row["target"]>): string =>
  names.map((name, index) => {
    const x = left + index * legendStep
    return line([x, 47], [x + 26, 47], `line ${name}`) + text([x + 34, 51], titles[name])
  }).join("\n")

/** The picture of what was measured with every commit forced to disk. */
export const drawPicture = (summaries: ReadonlyArray<Summary>): string => {
  const durable = summaries.filter((summary) => summary.durable)
  const names = (["purser", "pgledger", "cte", "batch"] as const)
    .filter((name) => durable.some(({ target }) => target === name))
  const shown = panels.filter(({ has }) => durable.some(has))
  const height = heightOfAll(shown.length)
  const drawn = shown.map((panel, index) =>
    drawPanel(panel, durable, [
      left + (index % 2) * (panelWidth + gapX),
      top + 18 + Math.floor(index / 2) * (panelHeight + gapY)
    ])
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"`,
    `  aria-label="Transfers a second over callers at the same moment">`,
    `<style>${style}\n</style>`,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    text([left, 28], "Transfers a second, by callers at the same moment", " class=\"title\""),
    legend(names),
    ...drawn,
    text(
      [width / 2, height - 14],
      "callers at the same moment; every commit forced to disk",
      " text-anchor=\"middle\" class=\"quiet\""
    ),
    "</svg>",
    ""
  ].join("\n")
}
