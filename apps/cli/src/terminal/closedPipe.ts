/** Ends quietly when nobody reads on, as `head` does not. */

/** What a shell says of a program that was ended by SIGPIPE. */
const brokenPipeExitCode = 141

/** Ends the process at the first write that nobody reads: what it would say is no longer wanted. Commits are whole or not. */
export const endWithReader = (): void => {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(brokenPipeExitCode)
    throw error
  })
}
