import type { Flags } from "../flag.ts";
import { DEVICE_CODE_FLAG } from "../login/device_code_flag.ts";

export const AUTH_LOGIN_FLAGS = {
  "min-ttl": {
    kind: "string",
    placeholder: "duration",
    default: "15m",
    summary: "Log in again when the credentials last for less than this",
  },
  "force": { kind: "switch", summary: "Ask AWS for new credentials in any case" },
  "saml-assertion": {
    kind: "string",
    placeholder: "file",
    summary: "Log in with this SAML response, its base64 or its XML; - reads it from stdin",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
  "device-code": DEVICE_CODE_FLAG,
} as const satisfies Flags;
