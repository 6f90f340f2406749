import { command } from "../../args/command.ts";
import { AUTH_LOGOUT_FLAGS } from "./flags.ts";
import { IDENTITY_ARGUMENT } from "../../args/identity_argument.ts";

export const definition = command({
  name: "auth logout",
  summary: "Remove kept credentials, and end the login that they came from",
  flags: AUTH_LOGOUT_FLAGS,
  args: IDENTITY_ARGUMENT,
  excludes: [["provider", "all"], ["provider", "tags"], ["tags", "all"]],
  examples: [
    { says: "Of one identity", line: "atmos auth logout dev-admin" },
    { says: "Of all that one login gives", line: "atmos auth logout --provider company-sso" },
    { says: "See what is kept, and keep it", line: "atmos auth logout --all --dry-run" },
  ],
  needs: ["net", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  spares: (_host, { flags }) => flags["dry-run"] ? ["net", "write", "run"] : [],
  async run(host, input) {
    const { logOutOf } = await import("./log_out_of.ts");
    return await logOutOf(host, input);
  },
});
