/** Knows the addresses of the sandbox's wallet. Its keys were thrown away: what is sent there on the real stagenet is lost. */
import { MoneroAddress } from "@purser/domain/tickets"
import * as Result from "effect/Result"
import { SandboxRefusedRequest } from "../SandboxError.ts"

/** The address that integrated addresses are made from. Stagenet, so that no wallet with real money can pay it. */
export const primaryAddress =
  "52cySUxFmMrYpjDxQjrLNJ3ySFAnjHuZ59Pubcnw4ndgGgbk3qMbnUG9cHEf1bL4qN2DhoU9zbRXhHKYAxSTCQuYMEXfinJ"

/** The addresses of the indices 1 to 4. */
export const subaddresses: ReadonlyArray<string> = [
  "765jxxzN76HPukk5L1zj2G8xjmMoT5vqtR9rUrR7t3hJHCdPm4aK3cebHkd6xsRqFh6L8ZoXGMbxbbXedonRkBCjBwLXgDQ",
  "76ZXUneEANPf2Vw48VLsKtcPPpYeDKb3hHA5dmJigWZ7frMTg7b99afiEmvq7D2X8oEriFYeKAZH8dHV4UJCDHsfR931c8m",
  "77ssdk3cRiVhbqJhBJZmECB41275sunjxW94FRjsTm5WNPqSTopUuf36ECHhA856mMNY4YPQzjLG8DT9feQp4iSAJWVMSQy",
  "72tT3PcradNXM38u6pc6GXcSxE5X6Uw4mAh37necWtSw8m6gQdSXVDd9YDHHFArvQxew3RnYe9ThVFdwVyPHENvc2mHwYS6"
]

/** All of them by index; the primary address is the first. */
export const addresses: ReadonlyArray<string> = [primaryAddress, ...subaddresses]

/** Whom an address of the wallet pays. `paymentId` has 16 hex digits, null where the address has none. */
export interface Payee {
  readonly subaddress: number
  readonly paymentId: string | null
}

const refuse = (code: SandboxRefusedRequest["code"], detail: string) =>
  Result.fail(new SandboxRefusedRequest({ code, detail }))

const own = Result.getOrThrow(MoneroAddress.decode(primaryAddress))

const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0

/** Reads an address; refuses all that are not the wallet's own. */
export const payeeOf = (address: string): Result.Result<Payee, SandboxRefusedRequest> => {
  const decoded = MoneroAddress.decode(address)
  if (Result.isFailure(decoded)) return refuse("address_malformed", decoded.failure.message)
  const { id8, network, spendKey, viewKey } = decoded.success
  if (network !== "stagenet") return refuse("address_network", `an address of ${network}: only play money is paid here`)
  const index = addresses.indexOf(address)
  if (index !== -1) return Result.succeed({ subaddress: index, paymentId: null })
  const isOwn = id8 !== undefined && isSame(spendKey, own.spendKey) && isSame(viewKey, own.viewKey)
  return isOwn
    ? Result.succeed({ subaddress: 0, paymentId: id8 })
    : refuse("address_foreign", "an address of another wallet than the sandbox's")
}
