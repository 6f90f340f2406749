import { command } from "../../args/command.ts";
import { AUTH_USER_CONFIGURE_FLAGS } from "./flags.ts";

export const definition = command({
  name: "auth user configure",
  summary: "Keep the access keys of an IAM user in the keyring, for its identity of kind aws/user",
  flags: AUTH_USER_CONFIGURE_FLAGS,
  args: {
    placeholder: "identity",
    summary: "Identity of kind aws/user; the default or the only one when absent",
    max: 1,
    complete: ["user-identity"],
  },
  excludes: [["delete", "access-key-id"], ["delete", "secret-access-key-stdin"], ["delete", "mfa-arn"]],
  examples: [
    { says: "Be asked for everything", line: "atmos auth user configure break-glass" },
    {
      says: "From a script",
      line: "atmos auth user configure break-glass --access-key-id AKIA… --secret-access-key-stdin",
    },
    { says: "No longer keep them", line: "atmos auth user configure break-glass --delete" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { configureUser } = await import("./configure_user.ts");
    return await configureUser(host, input);
  },
});
