import { command } from "../../args/command.ts";
import { AUTH_STATUS_FLAGS } from "./flags.ts";
import { IDENTITY_ARGUMENT } from "../../args/identity_argument.ts";

export const definition = command({
  name: "auth status",
  summary: "Tell whether an identity is logged in, without asking AWS",
  flags: AUTH_STATUS_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "Exit status 0 when it is, 4 when not", line: "atmos auth status dev-admin" },
    { says: "Before a long job", line: "atmos auth status --min-ttl 30m" },
    { says: "As data", line: "atmos auth status --output json" },
  ],
  needs: ["read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { tellStatus } = await import("./tell_status.ts");
    return await tellStatus(host, input);
  },
});
