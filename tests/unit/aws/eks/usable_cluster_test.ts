import assert from "node:assert/strict";
import type { DescribedCluster } from "../../../../src/aws/eks/read_cluster.ts";
import { usableCluster } from "../../../../src/aws/eks/usable_cluster.ts";
import { CA_DATA } from "../../../support/standin/clusters.ts";
import type { AppError } from "../../../../src/errors.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const GOOD: DescribedCluster = {
  name: "dev",
  arn: "arn:aws:eks:us-east-2:123456789012:cluster/dev",
  endpoint: "https://X.gr7.us-east-2.eks.amazonaws.com",
  certificateAuthority: { data: CA_DATA },
  status: "ACTIVE",
};

const use = (found: DescribedCluster | undefined) => usableCluster({ name: "dev", region: "us-east-2", found });

for (const status of ["ACTIVE", "UPDATING"]) {
  Deno.test(`a cluster that is ${status} is usable`, () => {
    assert.deepEqual(use({ ...GOOD, status }), {
      name: "dev",
      arn: GOOD.arn,
      endpoint: GOOD.endpoint,
      certificateAuthorityData: CA_DATA,
      status,
      region: "us-east-2",
      account: "123456789012",
    });
  });
}

Deno.test("an Outposts cluster keeps its id", () => assert.equal(use({ ...GOOD, id: "5b6c" }).id, "5b6c"));

const unusable: readonly (readonly [DescribedCluster | undefined, RegExp, RegExp?])[] = [
  [
    { ...GOOD, status: "CREATING" },
    /its status is CREATING/,
    /aws eks wait cluster-active --name dev --region us-east-2/,
  ],
  [{ ...GOOD, status: "DELETING" }, /its status is DELETING/],
  [{ ...GOOD, status: "FAILED" }, /its status is FAILED/],
  [{ ...GOOD, status: undefined }, /its status is unknown/],
  [{ ...GOOD, endpoint: undefined }, /it has no API endpoint/],
  [{ ...GOOD, endpoint: "" }, /it has no API endpoint/],
  [{ ...GOOD, endpoint: "http://x" }, /not an https URL/],
  [{ ...GOOD, certificateAuthority: undefined }, /it has no certificate authority/],
  [{ ...GOOD, certificateAuthority: {} }, /it has no certificate authority/],
  [{ ...GOOD, certificateAuthority: { data: "no\nbase64" } }, /not base64/],
  [{ ...GOOD, certificateAuthority: { data: "QUJD" } }, /contains no certificate/, /AWS_ENDPOINT_URL/],
  [{ ...GOOD, arn: undefined }, /no valid ARN/],
  [{ ...GOOD, arn: "arn:aws:eks:us-east-2::cluster/dev" }, /no valid ARN/],
  [undefined, /contains no cluster/],
  [{ ...GOOD, id: "5b6c --role-arn x" }, /its id is not one of a local cluster/],
  [{ ...GOOD, name: "prod" }, /another cluster: its name is "prod"/, /AWS_ENDPOINT_URL/],
  [{ ...GOOD, name: "" }, /another cluster: its name is ""/, /./],
  [{ ...GOOD, name: "x\nexec: {}" }, /another cluster: its name is "x\\nexec: {}"/, /./],
  // Whatever its status is, it is not what was asked for.
  [{ ...GOOD, name: "prod", status: "CREATING" }, /another cluster: its name is "prod"/, /./],
  ...[
    ["arn:aws:eks:us-east-2:123456789012:cluster/prod", /another cluster: its ARN is "arn:.*prod"/],
    ["arn:aws:eks:us-east-2:123456789012:cluster/dev/x", /another cluster: its ARN/],
    ["arn:aws:eks:us-east-2:123456789012:nodegroup/dev", /another cluster: its ARN/],
    ["arn:aws:ecs:us-east-2:123456789012:cluster/dev", /another cluster: its ARN/],
    ["arn:aws:eks:eu-west-1:123456789012:cluster/dev", /another cluster: its region is "eu-west-1"/],
    ["arn:aws:eks::123456789012:cluster/dev", /another cluster: its region is ""/],
    ["arn:aws-cn:eks:us-east-2:123456789012:cluster/dev", /another cluster: its partition is "aws-cn"/],
    ["arn:aws:eks:us-east-2:123456789012:cluster/dev\n", /no valid ARN/],
    [" arn:aws:eks:us-east-2:123456789012:cluster/dev", /no valid ARN/],
  ].map(([arn, message]) =>
    [{ ...GOOD, arn: arn as string }, message as RegExp, /^(?:Check what responds.*)?$/] as const
  ),
  ...[
    "https://user:password@x.example",
    "https://user@x.example",
    "https://x.example/path",
    "https://x.example//",
    "https://x.example?query",
    "https://x.example#fragment",
    "https://x.example/\n#",
    "https://x.example\u001b]0;PWN\u0007",
    "  https://x.example  ",
    "https://x.example ",
    "https://x\t.example",
    "https://x.example\n",
    "https://x\u202e.example",
    "https://x.example:",
    "https://x.example:99999",
    "https:x.example",
    "https:///x.example",
    "https://",
    "https://x.example\\@y.example",
    "HTTPS://x.example",
  ].map((endpoint) =>
    [{ ...GOOD, endpoint }, /its API endpoint is (?:more than|not an https)/, /^(?:Check what responds.*)?$/] as const
  ),
];

for (const [found, message, hint] of unusable) {
  Deno.test(`a cluster is refused: ${message.source} ${JSON.stringify([found?.arn, found?.endpoint])}`, () => {
    assert.throws(() => use(found), (error: AppError) => {
      assert.equal(error.code, "eks-describe");
      assert.match(error.message, message);
      assert.match(error.message, /^Cannot use EKS cluster "dev": /);
      assert.match(renderRemedy({}, error), hint ?? /^$/);
      return true;
    });
  });
}

for (
  const endpoint of ["https://x.example", "https://x.example/", "https://127.0.0.1:6443", "https://[fd00::1]:6443/"]
) {
  Deno.test(`an endpoint that is a bare host stays as it is: ${endpoint}`, () => {
    assert.equal(use({ ...GOOD, endpoint }).endpoint, endpoint);
  });
}

Deno.test("other partitions have their own regions", () => {
  const arn = "arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/dev";
  const found = { ...GOOD, arn };
  assert.equal(usableCluster({ name: "dev", region: "us-gov-west-1", found }).arn, arn);
  const lie = { ...GOOD, arn: arn.replace("aws-us-gov", "aws") };
  assert.throws(() => usableCluster({ name: "dev", region: "us-gov-west-1", found: lie }), { code: "eks-describe" });
});

Deno.test("usable cluster: an answer of another account than that of the credentials is about another cluster", () => {
  const asked = { name: "dev", region: "us-east-2", found: GOOD };
  const { account } = usableCluster(asked);
  assert.equal(usableCluster({ ...asked, account }).account, account);
  assert.throws(() => usableCluster({ ...asked, account: "210987654321" }), {
    code: "eks-describe",
    message: /another cluster: its account \(the credentials are of 210987654321\) is "\d{12}"/,
  });
});

const CERTIFICATE = atob(CA_DATA);
const KEY = CERTIFICATE.replaceAll("CERTIFICATE", "PRIVATE KEY");
const EMULATED = "aB3".repeat(467).slice(0, 1400);

/** What is no certificate authority, wherever it comes from. */
const NO_AUTHORITIES: Readonly<Record<string, string>> = {
  "a word": btoa("hello"),
  "garbage": "AAAA".repeat(300),
  "almost what an emulator sends": EMULATED.slice(4),
  "a private key": btoa(KEY),
  "a certificate and a private key": btoa(`${CERTIFICATE}${KEY}`),
  "a certificate that is cut": btoa(CERTIFICATE.slice(0, 300)),
  "a certificate whose end is another's": btoa(CERTIFICATE.replace("END CERTIFICATE", "END X")),
  "a certificate with a part missing": btoa(CERTIFICATE.replace(/\n.{64}\n/, "\n")),
  "PEM of a word": btoa(`-----BEGIN CERTIFICATE-----\n${btoa("hello")}\n-----END CERTIFICATE-----\n`),
  "no end, after many line breaks": btoa(`-----BEGIN CERTIFICATE-----${"\n".repeat(50_000)}`),
  "many beginnings": btoa("-----BEGIN CERTIFICATE-----\nA".repeat(2_000)),
  "PEM that is not base64": btoa("-----BEGIN CERTIFICATE-----\nabcde\n-----END CERTIFICATE-----\n"),
};

for (const [what, data] of Object.entries(NO_AUTHORITIES)) {
  Deno.test(`a certificate authority is refused: ${what}`, () => {
    for (const isElsewhere of [false, true]) {
      const asked = { name: "dev", region: "us-east-2", isElsewhere };
      assert.throws(() => usableCluster({ ...asked, found: { ...GOOD, certificateAuthority: { data } } }), {
        code: "eks-describe",
        message: /its certificate authority (?:contains no certificate|is not base64)/,
      });
    }
  });
}

Deno.test("a certificate authority may be several certificates, with text between them", () => {
  const data = btoa(`# of the cluster\n${CERTIFICATE}# the next one\n${CERTIFICATE.replaceAll("\n", "\r\n")}`);
  assert.equal(use({ ...GOOD, certificateAuthority: { data } }).certificateAuthorityData, data);
});

Deno.test("what an emulator sends as a certificate authority is taken from nowhere else", () => {
  const found = { ...GOOD, certificateAuthority: { data: EMULATED } };
  const asked = { name: "dev", region: "us-east-2", found };
  assert.equal(usableCluster({ ...asked, isElsewhere: true }).certificateAuthorityData, EMULATED);
  assert.throws(() => usableCluster(asked), { code: "eks-describe" });
});
