import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";
import { PLACEHOLDER_LIST } from "../../../integrations/eks/alias_placeholders.ts";

export const AUTH_INIT_FLAGS = {
  "provider": {
    kind: "choice",
    choices: ["sso", "saml", "oidc", "user", "ambient"],
    default: "sso",
    summary: "What you log in with; all but sso write a configuration to fill in",
  },
  "start-url": {
    kind: "string",
    placeholder: "url",
    summary: "Address of the AWS access portal, such as https://company.awsapps.com/start",
  },
  "region": {
    kind: "string",
    short: "r",
    placeholder: "region",
    complete: "region",
    summary: "AWS region of IAM Identity Center, where the start URL belongs to",
  },
  "account": {
    kind: "string",
    placeholder: "account",
    repeat: true,
    summary: "Accounts to add, by id or name; * stands for any text (default: all that are yours)",
  },
  "role": {
    kind: "string",
    placeholder: "role",
    repeat: true,
    summary: "Permission sets to add; * stands for any text (default: all that are yours)",
  },
  "cluster-region": {
    kind: "string",
    placeholder: "region",
    complete: "region",
    repeat: true,
    summary: "Regions to look for EKS clusters in; none for no clusters (default: all that the account has enabled)",
  },
  "alias": {
    kind: "string",
    placeholder: "template",
    summary: `Names of contexts, of ${PLACEHOLDER_LIST} (default: what is unique)`,
  },
  "remove-gone": {
    kind: "switch",
    summary: "Remove identities and clusters from the file that are not yours any more",
  },
  "yes": { kind: "switch", short: "y", summary: "Ask nothing but the login: add all that is found" },
  "device-code": DEVICE_CODE_FLAG,
  "output": {
    kind: "choice",
    choices: ["text", "json"],
    default: "text",
    summary: "json: the plan on stdout; nothing is written without --yes",
  },
} as const satisfies Flags;

export const definition = command({
  name: "auth init",
  summary: "Set up atmos.yaml and kubectl: from a start URL to accounts, roles and clusters",
  flags: AUTH_INIT_FLAGS,
  examples: [
    { says: "Be asked for everything", line: "atmos auth init" },
    {
      says: "Say everything",
      line:
        "atmos auth init --start-url https://company.awsapps.com/start --region us-east-1 --role AdministratorAccess --yes",
    },
    { says: "See the plan as data, and write nothing", line: "atmos auth init --output json" },
    { says: "For a CI job in GitHub Actions", line: "atmos auth init --provider oidc" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthInit } = await import("./run.ts");
    return await runAuthInit(host, input);
  },
});
