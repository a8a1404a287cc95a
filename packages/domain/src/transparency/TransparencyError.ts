/** Lists every reason for which a proof, a head or a key is refused. */
import * as Data from "effect/Data"

/** Why something is no proof. Those on form come first, then what does not add up, then the signatures. */
export type TransparencyReason =
  | "TextIsNoProof"
  | "TextIsNoNote"
  | "TextIsNoCheckpoint"
  | "TextIsNoKey"
  | "KeyTypeUnknown"
  | "KeyIdDiffers"
  | "KeyNameRefused"
  | "HashMustHave32Bytes"
  | "IndexOutsideTree"
  | "SizesOutOfOrder"
  | "ConsistencyFromNothing"
  | "ProofHasWrongLength"
  | "RootDiffers"
  | "OldRootDiffers"
  | "NodeMissing"
  | "NotSignedByKnownKey"
  | "SignatureInvalid"
  | "OriginDiffers"

/** What was given does not prove what it says it does. `detail` names the place for a reader. */
export class TransparencyError extends Data.TaggedError("TransparencyError")<{
  readonly reason: TransparencyReason
  readonly detail?: string
}> {
  override get message(): string {
    return this.detail === undefined ? this.reason : `${this.reason}: ${this.detail}`
  }
}
