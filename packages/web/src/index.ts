/** Gathers the server-rendered pages. */
export {}
