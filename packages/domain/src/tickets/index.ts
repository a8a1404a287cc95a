/** Gathers tickets: secrets, addresses, tokens, claim rules, port and use cases. */
export * from "./Ticket.ts"
export * from "./TicketStore.ts"
