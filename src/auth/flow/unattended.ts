import type { LoginTalk } from "./login_host.ts";

const NOBODY: Pick<LoginTalk, "interactive" | "ask" | "choose"> = {
  interactive: false,
  ask: () => Promise.resolve(undefined),
  choose: () => Promise.resolve(undefined),
};

/** The same talk, for what must not need anybody: whoever is there is told, and asked nothing. */
export function unattended(talk: LoginTalk): LoginTalk {
  return { ...talk, ...NOBODY };
}
