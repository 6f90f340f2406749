import { command } from "../../args/command.ts";
import { AUTH_ENV_FLAGS } from "./flags.ts";
import { IDENTITY_ARGUMENT } from "../../args/identity_argument.ts";

export const definition = command({
  name: "auth env",
  summary: "Print the variables that make other programs be an identity",
  flags: AUTH_ENV_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "Into this shell", line: 'eval "$(atmos auth env --format=export)"' },
    { says: "Into fish", line: "atmos auth env --format fish | source" },
    { says: "For the next steps of a GitHub job", line: "atmos auth env --format github --login" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { printEnv } = await import("./print_env.ts");
    return await printEnv(host, input);
  },
});
