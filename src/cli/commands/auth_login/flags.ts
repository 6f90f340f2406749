import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";

export const AUTH_LOGIN_FLAGS = {
  "provider": {
    kind: "string",
    short: "p",
    placeholder: "name",
    complete: "provider",
    summary: "Log in with this provider alone, for all identities reached through it",
  },
  "tags": {
    kind: "string",
    placeholder: "tags",
    repeat: true,
    summary: "As the identity with one of these tags; of several you are asked which",
  },
  "force": { kind: "switch", summary: "Ask AWS for new credentials in any case" },
  "min-ttl": {
    kind: "string",
    placeholder: "duration",
    default: "15m",
    summary: "Log in again when the credentials last for less than this",
  },
  "device-code": DEVICE_CODE_FLAG,
  "saml-assertion": {
    kind: "string",
    placeholder: "file",
    summary: "Log in with this SAML response, its base64 or its XML; - reads it from stdin",
  },
  "no-integrations": { kind: "switch", summary: "Leave linked clusters and registries as they are" },
  "strict": { kind: "switch", summary: "Fail (exit 5) when a linked integration could not be made ready" },
  "parallel": {
    kind: "string",
    placeholder: "number",
    default: "8",
    summary: "How many linked integrations to ask AWS about at a time",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
} as const satisfies Flags;
