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
    summary: "Output format",
  },
} as const satisfies Flags;

export const definition = command({
  name: "auth whoami",
  summary: "Show the AWS account and principal of an identity",
  flags: AUTH_WHOAMI_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "Show the default identity", line: "atmos auth whoami" },
    { says: "Print another identity as JSON", line: "atmos auth whoami dev-admin --output json" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthWhoami } = await import("./run.ts");
    return await runAuthWhoami(host, input);
  },
});
