import type { PageStyle } from "../../../src/cli/help/page.ts";

/** A page of help as a pipe gets it. */
export const PLAIN_80: PageStyle = { width: 80, paint: (_, text) => text };
