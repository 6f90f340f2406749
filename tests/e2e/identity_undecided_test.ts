import { doesNotMatch, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const CLUSTER = ["--region", "us-east-2"];

/** Command lines that use an identity, or what the AWS CLI finds, and name neither. */
const COMMANDS = [
  ["aws", "eks", "list"],
  ["aws", "eks", "list", ...CLUSTER],
  ["aws", "eks", "token", "--cluster-name", "dev-cluster", ...CLUSTER],
  ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster"],
  ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", ...CLUSTER],
  ["aws", "ecr", "login", "--registry", "123456789012.dkr.ecr.us-east-2.amazonaws.com"],
];

const identity = (name: string) =>
  `    ${name}: {kind: aws/permission-set, via: {provider: sso}, ` +
  'principal: {name: Admin, account: {id: "123456789012"}}}\n';

const MANY = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: https://company.awsapps.com/start, region: us-east-1}
  identities:
${identity("dev")}${identity("prod")}`;

for (const args of COMMANDS) {
  Deno.test(`no default identity, no AWS credentials: "${args.join(" ")}" names the identities`, async () => {
    await using home = tempHome();
    home.write("repo/atmos.yaml", MANY);
    const env = home.env({ AWS_EC2_METADATA_DISABLED: "true", PATH: "/nowhere" });
    const { status, stderr } = await runAtmos(args, { env, cwd: home.at("repo") });
    equal(status, args.includes("--region") || args.includes("login") ? 4 : 2, stderr);
    match(stderr, /pecify an identity of atmos\.yaml \(none is the default\): --identity NAME \(dev, prod\)/);
    doesNotMatch(stderr, /auth init/);
  });
}
