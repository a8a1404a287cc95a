/** Addresses that monero-wallet-rpc 0.18 gave out for a throw-away regtest wallet. */
export const primaryAddress =
  "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw"
/** Made from it with the id 0123456789abcdef. */
export const integratedAddress =
  "4KUSJrghj73BzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCjes2bRXVRmvU2HNbjz"
/** Its subaddress 0/1. */
export const subaddress =
  "85U7bau5tL32t3xvYMB7figxahwQVmiA662trs1zoQwSXwGLW1ypFaVRTjxNYmYttvPvozW8KZR6nhWq72EwVwK3ViGUFY1"

/** The secret of the published vectors of token format 1. */
export const pidHex = "0123456789abcdef".repeat(4)
