/** Writes a WebAssembly module that tries nonces: Blake2b-64 over 40 bytes, unrolled, without memory or imports. */
import { initial, mixings } from "./blake2bRounds.ts"

/** Codes of the WebAssembly core specification, §5.4. */
const op = {
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  brIf: 0x0d,
  return: 0x0f,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  i32Const: 0x41,
  i64Const: 0x42,
  i64AtLeastUnsigned: 0x5a,
  i32Sub: 0x6b,
  i64Add: 0x7c,
  i64Xor: 0x85,
  i64RotateRight: 0x8a,
  noResult: 0x40
}
const i32 = 0x7f
const i64 = 0x7e

type Code = ReadonlyArray<number>

/** Parameters come first: the nonce, the root's four words, the threshold, how many to try; then the state. */
const local = { nonce: 0, threshold: 5, count: 6, state: 7 }
/** The message has the nonce and the root; its other eleven words are zero. */
const messageWords = 5

const unsigned = (value: number): Code => value < 0x80 ? [value] : [value & 0x7f | 0x80, ...unsigned(value >>> 7)]

const signed = (value: bigint): Code => {
  const low = Number(value & 0x7fn)
  const rest = value >> 7n
  const isLast = rest === 0n && (low & 0x40) === 0 || rest === -1n && (low & 0x40) !== 0
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}

const constant = (value: bigint): Code => [op.i64Const, ...signed(BigInt.asIntN(64, value))]
const get = (index: number): Code => [op.get, index]
const word = (index: number): Code => get(local.state + index)
const setWord = (index: number): Code => [op.set, local.state + index]

/** a = a + b + message */
const add = (a: number, b: number, message?: number): Code => [
  ...word(a),
  ...word(b),
  op.i64Add,
  ...(message === undefined || message >= messageWords ? [] : [...get(message), op.i64Add]),
  ...setWord(a)
]

/** d = (d xor a) turned right */
const turn = (d: number, a: number, bits: bigint): Code => [
  ...word(d),
  ...word(a),
  op.i64Xor,
  ...constant(bits),
  op.i64RotateRight,
  ...setWord(d)
]

/** RFC 7693 §3.1 */
const mix = ([a, b, c, d]: readonly [number, number, number, number], [x, y]: readonly [number, number]): Code => [
  ...add(a, b, x),
  ...turn(d, a, 32n),
  ...add(c, d),
  ...turn(b, c, 24n),
  ...add(a, b, y),
  ...turn(d, a, 16n),
  ...add(c, d),
  ...turn(b, c, 63n)
]

/** Eight bytes of hash, no key, fan-out and depth 1. */
const first = initial[0]! ^ 0x0101_0008n
const started = [first, ...initial.slice(1), ...initial]
  .map((value, index) => {
    if (index === 12) return value ^ 40n
    return index === 14 ? ~value : value
  })

const body: Code = [
  [1, 16, i64],
  [op.loop, op.noResult],
  ...started.map((value, index) => [...constant(value), ...setWord(index)]),
  ...mixings.map(({ message, state }) => mix(state, message)),
  [...constant(first), ...word(0), op.i64Xor, ...word(8), op.i64Xor, ...get(local.threshold)],
  [op.i64AtLeastUnsigned, op.if, op.noResult, ...get(local.nonce), op.return, op.end],
  [...get(local.nonce), ...constant(1n), op.i64Add, op.set, local.nonce],
  [...get(local.count), op.i32Const, 1, op.i32Sub, op.tee, local.count, op.brIf, 0],
  [op.end, ...constant(0n), op.end]
].flat()

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content]

const name = [...new TextEncoder().encode("search")]

/** Version 1, one function: `search(nonce, root0, root1, root2, root3, threshold, count)` → a nonce, or 0 for none. */
export const wasmModule: Uint8Array<ArrayBuffer> = Uint8Array.from([
  [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  section(1, [1, 0x60, 7, i64, i64, i64, i64, i64, i64, i32, 1, i64]),
  section(3, [1, 0]),
  section(7, [1, name.length, ...name, 0, 0]),
  section(10, [1, ...unsigned(body.length), ...body])
].flat())
