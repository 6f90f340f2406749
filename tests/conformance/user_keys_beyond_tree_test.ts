import { equal, match } from "node:assert/strict";
import { memoryAtmos } from "../support/atmos/memory_atmos.ts";

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/** Of the user's, beside the repository and in it. */
const FILES = {
  "/home/me/infra/keys.yaml": `id: ${ID}\nsecret: ${SECRET}\n`,
  "/home/me/repo/.env": `ID=${ID}\nSECRET=${SECRET}\n`,
  "/home/me/repo/.git/HEAD": "ref: refs/heads/main\n",
};

/** Keys as a repository says them, and whether they need the user's trust. */
const KEYS: readonly (readonly [id: string, secret: string, needsTrust: boolean])[] = [
  [ID, "written-out", false],
  [ID, "!env SECRET", false],
  ["!env ID", "written-out", true],
  ["!env ID", "!env SECRET", true],
  [ID, "!include ../infra/keys.yaml .secret", true],
  ["!include ../infra/keys.yaml .id", "!include ../infra/keys.yaml .secret", true],
  [ID, "!include.raw ../infra/keys.yaml", true],
  [ID, "!include .env .SECRET", true],
];

for (const [id, secret, needsTrust] of KEYS) {
  Deno.test(`the keys of a user in an untrusted repository: ${id} with ${secret}`, async () => {
    const config = `auth:
  identities:
    deploy:
      kind: aws/user
      credentials: {access_key_id: ${id}, secret_access_key: ${secret}, region: us-east-1}
`;
    const files = { ...FILES, "/home/me/repo/atmos.yaml": config };
    const { status, err, seen } = await memoryAtmos(["auth", "trust", "--dry-run"], { files, env: { ID, SECRET } });
    equal(status, 0, err);
    match(seen.out + err, needsTrust ? /credentials\.(?:access_key_id|secret_access_key)/ : /Nothing needs trust/);
  });
}
