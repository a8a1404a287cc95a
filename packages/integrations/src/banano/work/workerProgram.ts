/** Holds the program of the thread that searches; a text, so that it needs no file beside a bundle. */

/** What the thread is told to search: from which nonce, for which root (little-endian words), and how good. */
export interface Order {
  readonly nonce: bigint
  readonly root: ReadonlyArray<bigint>
  readonly threshold: bigint
}

/**
 * Tries nonces a slice at a time, and answers the first that will do. The first slices are short: an engine compiles
 * well what is called often, and never while a call lasts.
 */
export const workerProgram = `
const { parentPort, workerData } = require("node:worker_threads")
const { search } = new WebAssembly.Instance(new WebAssembly.Module(workerData), {}).exports
let slices = 0
const step = ({ nonce, root, threshold }) => {
  const count = slices++ < 40 ? 4096 : 500000
  const found = search(nonce, ...root, threshold, count)
  if (found !== 0n) return void parentPort.postMessage(BigInt.asUintN(64, found))
  setImmediate(step, { nonce: BigInt.asUintN(64, nonce + BigInt(count)), root, threshold })
}
parentPort.on("message", step)
`
