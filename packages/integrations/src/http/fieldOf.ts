/** Names the field that a schema complains of, and never its value. */

/** The last line of the complaint, which is the path; the whole complaint where it is about the value at the top. */
export const fieldOf = (error: { readonly message: string }): string => error.message.split("\n").at(-1)?.trim() ?? ""
