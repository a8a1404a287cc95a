/** Compares texts as the databases do, byte by byte; ids are ASCII. */

/** Below 0 when `left` comes first. */
export const byText = (left: string, right: string): number => left < right ? -1 : Number(left > right)
