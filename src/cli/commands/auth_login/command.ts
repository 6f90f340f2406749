import { command } from "../../args/command.ts";
import { AUTH_LOGIN_FLAGS } from "./flags.ts";
import { IDENTITY_ARGUMENT } from "../../args/identity_argument.ts";

export const definition = command({
  name: "auth login",
  summary: "Log in to AWS as an identity of atmos.yaml",
  flags: AUTH_LOGIN_FLAGS,
  args: IDENTITY_ARGUMENT,
  excludes: [["provider", "tags"], ["provider", "force"], ["provider", "min-ttl"]],
  examples: [
    { says: "As the default identity", line: "atmos auth login" },
    { says: "As another one", line: "atmos auth login dev-admin" },
    { says: "Where the browser is on another machine", line: "atmos auth login --device-code" },
    { says: "The session alone, before a day's work", line: "atmos auth login --provider company-sso" },
    { says: "Choose from a list", line: "atmos auth login -i" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { logIn } = await import("./log_in.ts");
    return await logIn(host, input);
  },
});
