import type { Author } from "../../../src/integrations/contract/author.ts";

/** The configuration of a test that has only one. */
export const AUTHOR: Author = { location: "/home/me/repo", realm: "test" };
