import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_USER_CONFIGURE_FLAGS = {
  "access-key-id": { kind: "string", placeholder: "id", summary: "Id of the access key (default: you are asked)" },
  "secret-access-key-stdin": {
    kind: "switch",
    summary: "Read the secret of the access key from stdin, for scripts; else it is asked for, unseen",
  },
  "mfa-arn": { kind: "string", placeholder: "arn", summary: "ARN of the user's MFA device, when there is one" },
  "force": { kind: "switch", summary: "Replace keys that are there without asking" },
  "delete": { kind: "switch", summary: "Remove the keys from the keyring instead" },
} as const satisfies Flags;

export const definition = command({
  name: "auth user configure",
  summary: "Keep the access keys of an IAM user in the keyring, for its identity of kind aws/user",
  flags: AUTH_USER_CONFIGURE_FLAGS,
  args: {
    placeholder: "identity",
    summary: "Identity of kind aws/user (default: the default or only one of atmos.yaml)",
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
    const { runAuthUserConfigure } = await import("./run.ts");
    return await runAuthUserConfigure(host, input);
  },
});
