import type { LoginTalk } from "./login_host.ts";

/** Whoever is there is not asked. */
export const NOBODY: Pick<LoginTalk, "interactive" | "ask" | "choose"> = {
  interactive: false,
  ask: () => Promise.resolve(undefined),
  choose: () => Promise.resolve(undefined),
};
