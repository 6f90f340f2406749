import { doesNotMatch, equal, match } from "node:assert/strict";
import { memoryAtmos } from "../support/atmos/memory_atmos.ts";

const HOP = "arn:aws:iam::123456789012:role/hop-role";
const LAST = "arn:aws:iam::123456789012:role/last-role";

function config(hop: string, last: string): string {
  return `auth:
  providers: {sso: {kind: aws/iam-identity-center, region: us-east-1, start_url: "https://corp.awsapps.com/start"}}
  identities:
    base: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
    hop: {kind: aws/assume-role, via: {identity: base}, principal: {assume_role: ${hop}}}
    last-role: {kind: aws/assume-role, via: {identity: hop}, principal: {assume_role: ${last}}}
`;
}

function run(args: readonly string[], text: string) {
  return memoryAtmos(args, { files: { "/home/me/repo/atmos.yaml": text }, env: { HOP, LAST } });
}

Deno.test("an AWS profile: an account that a variable says needs trust, and only that of the profile's own identity", async () => {
  const written = await run(["auth", "configure-aws", "last-role", "--dry-run"], config("!env HOP", LAST));
  equal(written.status, 0, written.err);
  match(written.out, /--account=123456789012/);
  const refused = await run(["auth", "configure-aws", "last-role", "--dry-run"], config(HOP, "!env LAST"));
  equal(refused.status, 3);
  equal(refused.out, "");
});

Deno.test("a status: no part of a role's ARN that a variable says is shown, and the name of the identity is", async () => {
  const { out } = await run(["auth", "status", "--all", "--output", "json"], config("!env HOP", "!env LAST"));
  doesNotMatch(out, /hop-role/);
  match(out, /"identity": "last-role"/);
  match(out, /"role": "\[!env LAST\]"/);
});
