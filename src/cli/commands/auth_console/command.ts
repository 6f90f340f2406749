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
    summary: "Service such as eks or s3, or the URL of a console page",
  },
  "region": {
    kind: "string",
    placeholder: "region",
    complete: "region",
    summary: "Region of the console (default: the identity's region, else AWS_REGION, else that of its first cluster)",
  },
  "duration": {
    kind: "duration",
    placeholder: "duration",
    summary: "Length of the console session, 15m to 12h (default: session_duration of the provider)",
  },
  "issuer": {
    kind: "string",
    placeholder: "text",
    default: "atmos",
    summary: "Name of the sign-in page that the console shows after the session ends",
  },
  "isolated": { kind: "switch", summary: "Use a separate browser profile for each identity" },
  "print-url": { kind: "switch", summary: "Print only the URL; do not open a browser" },
  "no-open": { kind: "switch", summary: "Print the URL instead of opening a browser" },
  "device-code": DEVICE_CODE_FLAG,
} as const satisfies Flags;

export const definition = command({
  name: "auth console",
  summary: "Open the AWS console as an identity",
  flags: AUTH_CONSOLE_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "Use the default identity", line: "atmos auth console" },
    {
      says: "Show the EKS clusters of a region as another identity",
      line: "atmos auth console prod-admin --destination eks --region us-west-2",
    },
    { says: "Print the URL only", line: "atmos auth console --print-url" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthConsole } = await import("./run.ts");
    return await runAuthConsole(host, input);
  },
});
