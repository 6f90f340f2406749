import { samlConfig } from "../runs/saml_run.ts";
import { CONFIG } from "../runs/login_run.ts";
import { keyEnv, USER_KEY } from "../standin/keys.ts";
import type { FaultFlow } from "./fault_flow.ts";
import { OWN_DOCKER, OWN_KUBECONFIG } from "./foreign_files.ts";
import { PRINTS_KEYS, PRINTS_TEAM } from "./played_programs.ts";

const ATMOS_YAML = "/home/me/repo/atmos.yaml";
const DOCKER = "/home/me/.docker/config.json";
const REGISTRY = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const KEYS = { ...keyEnv(USER_KEY), ATMOS_IDENTITY: "false" };
const CLUSTER = ["--cluster-name", "dev-cluster", "--region", "us-east-2"];
const ECR_LOGIN = ["aws", "ecr", "login", "--registry", REGISTRY];

const KEYCHAIN = {
  [ATMOS_YAML]: `auth:
  realm: test
  keyring: {type: system}
  identities: {glass: {kind: aws/user, default: true, credentials: {region: us-east-2, webflow_enabled: false}}}
`,
};
const CONFIGURE = ["auth", "user", "configure", "--access-key-id", USER_KEY.accessKeyId, "--secret-access-key-stdin"];
const SECRET = [USER_KEY.secretAccessKey];
const WITH_HELPER = { [DOCKER]: OWN_DOCKER[DOCKER]!.replace("{\n", '{\n\t"credsStore": "desktop",\n') };

/** The same with the keychain of each system. */
const KEYCHAIN_FLOWS: readonly FaultFlow[] = (["linux", "darwin"] as const).flatMap((os) => [
  {
    tried: `auth user configure, keychain of ${os}`,
    os,
    args: [...CONFIGURE, "--force"],
    files: KEYCHAIN,
    lines: SECRET,
  },
  {
    tried: `auth user configure --delete, keychain of ${os}`,
    os,
    args: ["auth", "user", "configure", "--delete"],
    files: KEYCHAIN,
    lines: SECRET,
    before: [CONFIGURE],
  },
  {
    tried: `auth login, keychain of ${os}`,
    os,
    args: ["auth", "login"],
    files: KEYCHAIN,
    lines: SECRET,
    before: [CONFIGURE],
  },
]);

const FLOWS: readonly FaultFlow[] = [
  ...KEYCHAIN_FLOWS,
  {
    tried: "auth login, SAML by browser",
    args: ["auth", "login"],
    env: { DISPLAY: ":0" },
    files: {
      [ATMOS_YAML]: samlConfig("url: https://idp.example.com/aws, driver: browser"),
      "/bin/chromium": "",
    },
  },
  {
    tried: "auth login, !exec",
    args: ["auth", "login"],
    files: { [ATMOS_YAML]: CONFIG.replace("value: core", `value: !exec ${PRINTS_TEAM}`), ...OWN_KUBECONFIG },
  },
  {
    tried: "auth console",
    args: ["auth", "console"],
    env: { DISPLAY: ":0" },
    files: { [ATMOS_YAML]: CONFIG, "/bin/xdg-open": "" },
    before: [["auth", "login"]],
  },
  {
    tried: "aws eks token, credential_process",
    args: ["aws", "eks", "token", ...CLUSTER, "--no-identity", "--role-arn", "arn:aws:iam::123456789012:role/deployer"],
    env: { AWS_PROFILE: "dev" },
    files: { "/home/me/.aws/config": `[profile dev]\nregion = us-east-2\ncredential_process = ${PRINTS_KEYS}\n` },
  },
  { tried: "aws ecr login, credential helper", args: ECR_LOGIN, env: KEYS, files: WITH_HELPER },
  {
    tried: "aws ecr logout, credential helper",
    args: ["aws", "ecr", "logout", "--registry", REGISTRY],
    env: KEYS,
    files: WITH_HELPER,
    before: [ECR_LOGIN],
  },
];

/** Commands that start other programs, which are played. */
export const PROGRAM_FLOWS: readonly FaultFlow[] = FLOWS.map((flow) => ({ ...flow, isPlayed: true }));
