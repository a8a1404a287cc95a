/** Renders the reference of an API as one page: no script, no font, no image, nothing fetched. */
import type { Reference } from "@purser/contract"

/** The page. */
export const referencePage = (reference: Reference): string => `<!doctype html><title>${reference.title}</title>`
