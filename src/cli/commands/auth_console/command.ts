import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";

export const AUTH_CONSOLE_FLAGS = {
  "destination": {
    kind: "string",
    short: "d",
    placeholder: "service",
    complete: "console-service",
    summary: "Service such as eks or s3, or a page of the console",
  },
  "region": {
    kind: "string",
    placeholder: "region",
    complete: "region",
    summary: "Region that the console shows (default: the identity's, else its first cluster's)",
    env: ["AWS_REGION", "AWS_DEFAULT_REGION"],
  },
  "duration": {
    kind: "duration",
    placeholder: "duration",
    summary: "Length of the console's session, 15m to 12h (default: session_duration of the provider)",
  },
  "issuer": {
    kind: "string",
    placeholder: "text",
    default: "atmos",
    summary: "What the console names as the place to sign in again",
  },
  "isolated": { kind: "switch", summary: "Open it in a browser profile of the identity's own" },
  "print-url": { kind: "switch", summary: "Print the link and nothing else; open no browser" },
  "no-open": { kind: "switch", summary: "Open no browser; print the link" },
  "device-code": DEVICE_CODE_FLAG,
} as const satisfies Flags;

export const definition = command({
  name: "auth console",
  summary: "Open the AWS console as an identity",
  flags: AUTH_CONSOLE_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "As the default identity", line: "atmos auth console" },
    {
      says: "Clusters of a region as another one",
      line: "atmos auth console prod-admin --destination eks --region us-west-2",
    },
    { says: "Just the link", line: "atmos auth console --print-url" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthConsole } = await import("./run.ts");
    return await runAuthConsole(host, input);
  },
});
