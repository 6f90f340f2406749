import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

export const AUTH_WHOAMI_FLAGS = {
  "output": {
    kind: "choice",
    short: "o",
    choices: ["text", "json"],
    default: "text",
    env: ["ATMOS_AUTH_WHOAMI_OUTPUT"],
    summary: "Form of the result on stdout",
  },
} as const satisfies Flags;

export const definition = command({
  name: "auth whoami",
  summary: "Ask AWS who an identity is; never opens a browser",
  flags: AUTH_WHOAMI_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "The default identity", line: "atmos auth whoami" },
    { says: "Another one, as data", line: "atmos auth whoami dev-admin --output json" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthWhoami } = await import("./run.ts");
    return await runAuthWhoami(host, input);
  },
});
