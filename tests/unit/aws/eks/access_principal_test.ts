import { deepEqual, equal } from "node:assert/strict";
import { findAccessPrincipal, matchPrincipals } from "../../../../src/aws/eks/access_principal.ts";

const STS = "arn:aws:sts::123456789012:assumed-role";
const IAM = "arn:aws:iam::123456789012";
const SSO_ROLE = "AWSReservedSSO_Admin_0123456789abcdef";

/** A caller, what is known of it, and the ARN that its access entry has. */
const CASES: readonly (readonly [
  caller: string,
  known: readonly string[],
  region: string | undefined,
  arn: string,
  isComplete: boolean,
])[] = [
  [`${IAM}:user/teams/dev`, [], undefined, `${IAM}:user/teams/dev`, true],
  [`${STS}/dev/session`, [], undefined, `${IAM}:role/dev`, false],
  [`${STS}/dev/session`, [`${IAM}:role/teams/dev`], undefined, `${IAM}:role/teams/dev`, true],
  [
    `${STS}/dev/session`,
    ["arn:aws:iam::210987654321:role/teams/dev", `${IAM}:role/ops`],
    undefined,
    `${IAM}:role/dev`,
    false,
  ],
  [
    `${STS}/${SSO_ROLE}/me`,
    [],
    "eu-west-1",
    `${IAM}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${SSO_ROLE}`,
    true,
  ],
  [`${STS}/${SSO_ROLE}/me`, [], "us-east-1", `${IAM}:role/aws-reserved/sso.amazonaws.com/${SSO_ROLE}`, true],
  [`${STS}/${SSO_ROLE}/me`, [], undefined, `${IAM}:role/aws-reserved/sso.amazonaws.com/${SSO_ROLE}`, false],
  ["arn:aws-cn:sts::123456789012:assumed-role/dev/s", [], undefined, "arn:aws-cn:iam::123456789012:role/dev", false],
  [`${IAM}:root`, [], undefined, `${IAM}:root`, true],
];

Deno.test("a caller's principal: the role of a session, with the path that is known", () => {
  for (const [callerArn, knownRoles, ssoRegion, arn, isComplete] of CASES) {
    const found = findAccessPrincipal({ callerArn, knownRoles, ssoRegion })!;
    deepEqual([found.arn, found.isComplete, found.account], [arn, isComplete, "123456789012"], callerArn);
  }
  equal(findAccessPrincipal({ callerArn: "me", knownRoles: [], ssoRegion: undefined }), undefined);
});

Deno.test("access entries of a principal: whatever path they have, of the same account and kind", () => {
  const principal = findAccessPrincipal({ callerArn: `${STS}/dev/session`, knownRoles: [], ssoRegion: undefined })!;
  const own = [`${IAM}:role/dev`, `${IAM}:role/teams/dev`];
  const others = [`${IAM}:user/dev`, `${IAM}:role/dev2`, "arn:aws:iam::210987654321:role/dev", "dev"];
  deepEqual(matchPrincipals([...others, ...own], principal), own);
});
