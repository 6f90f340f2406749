import type { LoginTalk } from "../../auth/flow/login_host.ts";

/** For programs: nobody is there to be told or asked. */
export const QUIET_TALK: LoginTalk = {
  interactive: false,
  explicit: false,
  say: () => {},
  warn: () => {},
  showDevice: () => {},
  browserIsHere: () => false,
  showPage: () => {},
  during: (_, work) => work(),
  ask: () => Promise.resolve(undefined),
  choose: () => Promise.resolve(undefined),
};
