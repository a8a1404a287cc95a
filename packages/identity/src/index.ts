/** Gathers who a user is: sign-in, sessions, second factor and roles. */
export {}
