import { commandLine } from "../../output/own_command.ts";
import type { Comment } from "../../../formats/yaml/comments.ts";
import type { YamlMap } from "../../../formats/yaml/value.ts";

/** What `--provider` writes, to be filled in. */
export interface Skeleton {
  readonly providers?: Readonly<Record<string, YamlMap>>;
  readonly identities: Readonly<Record<string, YamlMap>>;
  readonly comments: readonly Comment[];
}

const ROLE = "arn:aws:iam::111122223333:role/";

/** Without what the user has to fill in, each is as `auth validate` takes it. */
export const SKELETONS = {
  saml: {
    providers: {
      "company-saml": {
        kind: "aws/saml",
        url: "https://idp.example.com/app/aws",
        region: "us-east-1",
        driver: "browser",
      },
    },
    identities: {
      "saml-admin": {
        kind: "aws/assume-role",
        via: { provider: "company-saml" },
        principal: { assume_role: `${ROLE}Admin` },
      },
    },
    comments: [
      {
        path: ["providers", "company-saml"],
        lines: [
          "Your identity provider's page for AWS, and how to log in there: driver browser for any page in an installed",
          "Chrome, Chromium or Edge; form for machines without a screen. The first login asks whether you trust the page.",
        ],
      },
      { path: ["identities", "saml-admin"], lines: ["A role that the SAML response offers."] },
    ],
  },
  oidc: {
    providers: {
      github: { kind: "github/oidc", region: "us-east-1", spec: { audience: "sts.amazonaws.com" } },
    },
    identities: {
      deployer: {
        kind: "aws/assume-role",
        via: { provider: "github" },
        principal: { assume_role: `${ROLE}Deployer` },
      },
    },
    comments: [
      {
        path: ["providers", "github"],
        lines: ["GitHub Actions, in jobs with `permissions: {id-token: write}`: no key is stored anywhere."],
      },
      {
        path: ["identities", "deployer"],
        lines: ["A role that trusts token.actions.githubusercontent.com for this repository."],
      },
    ],
  },
  user: {
    identities: {
      "iam-user": { kind: "aws/user", credentials: { region: "us-east-1" } },
    },
    comments: [
      {
        path: ["identities", "iam-user"],
        lines: [
          `An IAM user. Store its access keys in the keyring: ${commandLine(["auth", "user", "configure"], [])}`,
          "With MFA, add to credentials: mfa_arn: arn:aws:iam::111122223333:mfa/NAME",
        ],
      },
    ],
  },
  ambient: {
    identities: {
      runner: { kind: "aws/ambient" },
    },
    comments: [
      {
        path: ["identities", "runner"],
        lines: ["The credentials that the environment has: variables, ~/.aws, a container's or an instance's role."],
      },
    ],
  },
} as const satisfies Readonly<Record<string, Skeleton>>;
