import { deepEqual } from "node:assert/strict";
import { problemsAbout } from "../../../../src/cli/project/problems_about.ts";
import { validated } from "../../../support/config/auth_texts.ts";

/** Something is wrong with every entry. */
const TEXT = `auth:
  lgos: {}
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1, x: 1}
    other: {kind: aws/samll}
    Hub: {kind: github/oidc, region: us-east-1, x: 1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: SSO}, principal: {name: Admin, account: dev}, x: 1}
    "team/ops": {kind: aws/assume-role, via: {identity: Dev}, principal: {assume_role: "arn:aws:iam::123456789012:role/ops"}, x: 1}
    broken: {kind: aws/assume-role, via: {identity: team/ops}, principal: {}, x: 1}
    lone: {kind: aws/ambient, x: 1}
    lone2: {kind: aws/ambient, x: 1}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, x: 1, spec: {cluster: {name: a, region: us-east-1}}}
    all/ecr: {kind: aws/ecr-public, via: {provider: sso}, x: 1}
    ops/eks: {kind: aws/eks, via: {identity: team/ops}, x: 1, spec: {cluster: {name: no name, region: us-east-1}}}
    lost: {kind: aws/ecr-public, x: 1}
`;

const ENTRY = /^auth\.(?:lgos|\w+(?:\.\w+|\[[^\]]+\]))/;

async function told(about: Parameters<typeof problemsAbout>[1]): Promise<readonly string[]> {
  const found = problemsAbout(await validated(TEXT), about);
  return [...new Set(found.map(({ path }) => ENTRY.exec(path)![0]))];
}

Deno.test("of the problems of a configuration, a command about an identity tells those of its chain and its links", async () => {
  const general = "auth.lgos";
  const ofDev = [
    general,
    "auth.providers.sso",
    "auth.identities.dev",
    "auth.integrations[dev/eks]",
    "auth.integrations[all/ecr]",
    "auth.integrations.lost",
  ];
  deepEqual(await told({ identities: ["DEV"] }), ofDev);
  deepEqual(await told({ identities: ["lone"] }), [general, "auth.identities.lone", "auth.integrations.lost"]);
  deepEqual(await told({ identities: ["nobody"] }), [general, "auth.integrations.lost"]);
  deepEqual(await told({ providers: ["hub"] }), [general, "auth.providers.Hub", "auth.integrations.lost"]);
  deepEqual(await told({ integrations: ["Ops/EKS"] }), [
    general,
    "auth.providers.sso",
    "auth.identities.dev",
    "auth.identities[team/ops]",
    "auth.integrations[ops/eks]",
  ]);
});

Deno.test("what breaks the identity itself is left to the error; what is odd in it is told", async () => {
  const { problems, ...rest } = await validated(TEXT);
  const found = problemsAbout({ ...rest, problems }, { identities: ["broken"] }).map(({ path }) => path);
  deepEqual(found.filter((path) => path.startsWith("auth.identities.broken")), ["auth.identities.broken.x"]);
  const own = problems.map(({ path }) => path).filter((path) => path.startsWith("auth.identities.broken"));
  deepEqual(own, ["auth.identities.broken.principal.assume_role", "auth.identities.broken.x"]);
});
