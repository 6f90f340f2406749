import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";
import { PLACEHOLDER_LIST } from "../../../integrations/eks/alias_placeholders.ts";

export const AUTH_INIT_FLAGS = {
  "provider": {
    kind: "choice",
    choices: ["sso", "saml", "oidc", "user", "ambient"],
    default: "sso",
    summary: "Kind of login; all but sso write a template to fill in",
  },
  "start-url": {
    kind: "string",
    placeholder: "url",
    summary: "URL of the AWS access portal, such as https://company.awsapps.com/start",
  },
  "region": {
    kind: "string",
    short: "r",
    placeholder: "region",
    complete: "region",
    summary: "AWS region of IAM Identity Center",
  },
  "account": {
    kind: "string",
    placeholder: "account",
    repeat: true,
    summary: "Accounts to add, by ID or name; * matches any text (default: all of your accounts)",
  },
  "role": {
    kind: "string",
    placeholder: "role",
    repeat: true,
    summary: "Permission sets to add; * matches any text (default: all of your permission sets)",
  },
  "cluster-region": {
    kind: "string",
    placeholder: "region",
    complete: "region",
    repeat: true,
    summary: "Regions to search for EKS clusters, or none to skip clusters (default: every enabled region)",
  },
  "alias": {
    kind: "string",
    placeholder: "template",
    summary: `Template for context names, made of ${PLACEHOLDER_LIST} (default: the shortest that is unique)`,
  },
  "remove-gone": {
    kind: "switch",
    summary: "Remove identities and clusters from the file that you no longer have access to",
  },
  "yes": {
    kind: "switch",
    short: "y",
    summary: "Add everything that is found without asking; only the login is interactive",
  },
  "device-code": DEVICE_CODE_FLAG,
  "output": {
    kind: "choice",
    choices: ["text", "json"],
    default: "text",
    summary: "Output format; json prints the plan, and writes nothing without --yes",
  },
} as const satisfies Flags;

export const definition = command({
  name: "auth init",
  summary: "Set up atmos.yaml and kubectl from an SSO start URL",
  flags: AUTH_INIT_FLAGS,
  examples: [
    { says: "Answer questions", line: "atmos auth init" },
    {
      says: "Give every answer as a flag",
      line:
        "atmos auth init --start-url https://company.awsapps.com/start --region us-east-1 --role AdministratorAccess --yes",
    },
    { says: "Print the plan as JSON without writing anything", line: "atmos auth init --output json" },
    { says: "Write a template for GitHub Actions", line: "atmos auth init --provider oidc" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthInit } = await import("./run.ts");
    return await runAuthInit(host, input);
  },
});
