import type { Flags } from "../../args/flag.ts";

export const AUTH_USER_CONFIGURE_FLAGS = {
  "access-key-id": { kind: "string", placeholder: "id", summary: "Id of the access key; asked for when absent" },
  "secret-access-key-stdin": {
    kind: "switch",
    summary: "Read the secret of the access key from stdin, for scripts; else it is asked for, unseen",
  },
  "mfa-arn": { kind: "string", placeholder: "arn", summary: "ARN of the user's MFA device, when there is one" },
  "force": { kind: "switch", summary: "Replace keys that are there without asking" },
  "delete": { kind: "switch", summary: "Remove the keys from the keyring instead" },
} as const satisfies Flags;
