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
    summary: "Log in to this provider only, for all of its identities",
  },
  "tags": {
    kind: "string",
    placeholder: "tags",
    repeat: true,
    summary: "Use the identity with any of these tags; prompts if several match",
  },
  "force": { kind: "switch", summary: "Get new credentials even if the stored ones are valid" },
  "min-ttl": {
    kind: "duration",
    placeholder: "duration",
    default: "15m",
    summary: "Renew credentials that expire within this time; exit 4 if the new ones do, too",
  },
  "device-code": DEVICE_CODE_FLAG,
  "webflow": { kind: "switch", summary: "Sign in with the browser again, as an identity of kind aws/user" },
  "saml-assertion": {
    kind: "string",
    placeholder: "file",
    summary: "File with a SAML response in Base64 or XML, or - for stdin",
  },
  "no-integrations": { kind: "switch", summary: "Do not provision linked integrations" },
  "strict": { kind: "switch", summary: "Exit 5 if a linked integration cannot be provisioned" },
  "parallel": {
    kind: "number",
    placeholder: "number",
    min: 1,
    max: 64,
    default: 64,
    summary: "Maximum concurrent requests for linked integrations",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Output format" },
} as const satisfies Flags;

export const definition = command({
  name: "auth login",
  summary: "Log in to AWS as an identity",
  flags: AUTH_LOGIN_FLAGS,
  args: IDENTITY_ARGUMENT,
  excludes: [
    ...[["provider", "tags"], ["provider", "force"], ["provider", "min-ttl"]] as const,
    ...[["webflow", "provider"], ["webflow", "saml-assertion"]] as const,
  ],
  examples: [
    { says: "Log in as the default identity", line: "atmos auth login" },
    { says: "Log in as another identity", line: "atmos auth login dev-admin" },
    { says: "Use a browser on another machine", line: "atmos auth login --device-code" },
    { says: "Start only the SSO session", line: "atmos auth login --provider company-sso" },
    { says: "Choose the identity from a list", line: "atmos auth login -i" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthLogin } = await import("./run.ts");
    return await runAuthLogin(host, input);
  },
});
