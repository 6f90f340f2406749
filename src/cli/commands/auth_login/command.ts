import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

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
    kind: "duration",
    placeholder: "duration",
    default: "15m",
    summary: "Log in again when the credentials last for less than this (exit 4 if new ones do, too)",
  },
  "device-code": DEVICE_CODE_FLAG,
  "webflow": { kind: "switch", summary: "Sign in with the browser anew, as an identity of kind aws/user" },
  "saml-assertion": {
    kind: "string",
    placeholder: "file",
    summary: "Log in with this SAML response, its base64 or its XML; - reads it from stdin",
  },
  "no-integrations": { kind: "switch", summary: "Leave linked clusters and registries as they are" },
  "strict": { kind: "switch", summary: "Fail (exit 5) when a linked integration could not be made ready" },
  "parallel": {
    kind: "number",
    placeholder: "number",
    min: 1,
    max: 64,
    default: 64,
    summary: "How many requests about linked integrations to have under way at most",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
} as const satisfies Flags;

export const definition = command({
  name: "auth login",
  summary: "Log in to AWS as an identity of atmos.yaml",
  flags: AUTH_LOGIN_FLAGS,
  args: IDENTITY_ARGUMENT,
  excludes: [
    ...[["provider", "tags"], ["provider", "force"], ["provider", "min-ttl"]] as const,
    ...[["webflow", "provider"], ["webflow", "saml-assertion"]] as const,
  ],
  examples: [
    { says: "As the default identity", line: "atmos auth login" },
    { says: "As another one", line: "atmos auth login dev-admin" },
    { says: "Where the browser is on another machine", line: "atmos auth login --device-code" },
    { says: "The session alone, before a day's work", line: "atmos auth login --provider company-sso" },
    { says: "Choose from a list", line: "atmos auth login -i" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthLogin } = await import("./run.ts");
    return await runAuthLogin(host, input);
  },
});
