import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_USER_CONFIGURE_FLAGS = {
  "access-key-id": { kind: "string", placeholder: "id", summary: "Access key ID (default: prompt)" },
  "secret-access-key-stdin": {
    kind: "switch",
    summary: "Read the secret access key from stdin (default: hidden prompt)",
  },
  "mfa-arn": { kind: "string", placeholder: "arn", summary: "ARN of the user's MFA device" },
  "force": { kind: "switch", summary: "Replace stored keys without asking" },
  "delete": { kind: "switch", summary: "Remove the keys from the keyring" },
} as const satisfies Flags;

export const definition = command({
  name: "auth user configure",
  summary: "Store an IAM user's access keys in the keyring",
  flags: AUTH_USER_CONFIGURE_FLAGS,
  args: {
    placeholder: "identity",
    summary: "Identity of kind aws/user (default: the default or only identity)",
    max: 1,
    complete: ["user-identity"],
  },
  excludes: [["delete", "access-key-id"], ["delete", "secret-access-key-stdin"], ["delete", "mfa-arn"]],
  examples: [
    { says: "Enter the keys at prompts", line: "atmos auth user configure break-glass" },
    {
      says: "Read the secret from stdin",
      line: "atmos auth user configure break-glass --access-key-id AKIA… --secret-access-key-stdin",
    },
    { says: "Remove the keys", line: "atmos auth user configure break-glass --delete" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthUserConfigure } = await import("./run.ts");
    return await runAuthUserConfigure(host, input);
  },
});
