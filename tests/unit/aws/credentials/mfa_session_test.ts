import { deepEqual, equal, rejects } from "node:assert/strict";
import { type Credentials, keepSecret } from "../../../../src/aws/client/credentials.ts";
import { mfaSession } from "../../../../src/aws/credentials/mfa_session.ts";
import { AppError } from "../../../../src/errors.ts";
import { Secret } from "../../../../src/secret.ts";
import { awsHost, type AwsHostInput } from "../aws_host.ts";

const NOW = Date.UTC(2026, 0, 2);
const ROLE = {
  profile: "p",
  arn: "arn:aws:iam::123456789012:role/reader",
  mfaSerial: "arn:aws:iam::123456789012:mfa/me",
};
const CACHE = "/h/.aws/cli/cache";
/** The name that botocore gives that role's session. */
const FILE = `${CACHE}/51c168d902c62fc55d27267f5e84f0e2b05479d2.json`;

const NEW = keepSecret({
  accessKeyId: "ASIANEW",
  secretAccessKey: "new-secret",
  sessionToken: "new-token",
  expiration: new Date(NOW + 3_600_000),
});

function cached(expiration: string): string {
  const credentials = {
    AccessKeyId: "ASIAOLD",
    SecretAccessKey: "old-secret",
    SessionToken: "t",
    Expiration: expiration,
  };
  return JSON.stringify({ Credentials: credentials, AssumedRoleUser: {} });
}

interface Given {
  readonly file?: string;
  readonly links?: NonNullable<AwsHostInput["links"]>;
  /** What is typed; no terminal when absent. */
  readonly typed?: string;
  readonly role?: Partial<typeof ROLE> & Readonly<Record<string, unknown>>;
  readonly assume?: () => Promise<Credentials>;
}

async function get({ file, links = {}, typed, role = {}, assume = () => Promise.resolve(NEW) }: Given) {
  const host = awsHost({ env: { HOME: "/h" }, files: file === undefined ? {} : { [FILE]: file }, links, now: NOW });
  const asked: string[] = [];
  const codes: string[] = [];
  const credentials = await mfaSession(host, {
    role: { ...ROLE, ...role },
    askMfaCode: typed === undefined ? undefined : (device) => {
      asked.push(device);
      return Promise.resolve(typed === "" ? undefined : new Secret(typed));
    },
    assume: async (code) => {
      codes.push((await code()).tokenCode.reveal());
      return await assume();
    },
  });
  return { host, credentials, asked, codes };
}

Deno.test("the code is asked for once, and the session is kept as the AWS CLI keeps it", async () => {
  const { host, credentials, asked, codes } = await get({ typed: "123456" });
  deepEqual([credentials.accessKeyId, asked, codes], ["ASIANEW", [ROLE.mfaSerial], ["123456"]]);
  deepEqual(JSON.parse(new TextDecoder().decode(host.read.bytes(FILE))), {
    Credentials: {
      AccessKeyId: "ASIANEW",
      SecretAccessKey: "new-secret",
      SessionToken: "new-token",
      Expiration: "2026-01-02T01:00:00Z",
      AccountId: "123456789012",
    },
  });
  equal(host.read.stat(FILE)!.mode, 0o600);
  deepEqual(host.read.list(CACHE).length, 1);
});

Deno.test("nothing is kept where another user's link leads", async () => {
  for (const [uid, isKept] of [[1000, true], [0, true], [1001, false]] as const) {
    const { host, credentials } = await get({ typed: "123456", links: { "/h": { to: "/elsewhere", uid } } });
    equal(credentials.accessKeyId, "ASIANEW");
    equal(host.read.lstat(FILE.replace("/h/", "/elsewhere/")) !== undefined, isKept);
  }
});

Deno.test("all that a role is assumed with is in the name, as botocore spells it", async () => {
  const role = {
    mfaSerial: "arn:aws:iam::123456789012:mfa/mé",
    sessionName: "me",
    externalId: 'e"x',
    durationSeconds: 3600,
  };
  const { host } = await get({ typed: "123456", role });
  deepEqual(host.read.list(CACHE), ["f4126942fd8aaceb441f728417588235867d7287.json"]);
});

for (const time of ["2026-01-02T00:20:00Z", "2026-01-02T00:20:00UTC", "2026-01-02T01:20:00+01:00"]) {
  Deno.test(`a session that is kept until ${time} takes no code`, async () => {
    const { credentials, asked } = await get({ file: cached(time), typed: "123456" });
    deepEqual([credentials.accessKeyId, asked], ["ASIAOLD", []]);
  });
}

Deno.test("a session that ends soon is renewed at a terminal, and used to its end elsewhere", async () => {
  const file = cached("2026-01-02T00:10:00Z");
  equal((await get({ file, typed: "123456" })).credentials.accessKeyId, "ASIANEW");
  equal((await get({ file })).credentials.accessKeyId, "ASIAOLD");
  equal((await get({ file, typed: "" })).credentials.accessKeyId, "ASIAOLD");
});

for (const file of [undefined, "", "{", "{}", cached("soon"), cached("2026-01-01T00:00:00Z")]) {
  Deno.test(`without a terminal and with ${JSON.stringify(file?.slice(0, 20))}: what to type`, async () => {
    await rejects(get(file === undefined ? {} : { file }), {
      code: "login-needed",
      message: `Cannot use AWS profile "p": its role needs a code from MFA device ${ROLE.mfaSerial}, ` +
        "which cannot be asked for here",
      hint: "Enter the code at a terminal: aws sts get-caller-identity --profile p",
    });
  });
}

Deno.test("a code that AWS refuses is told, though an old session is left", async () => {
  const assume = () => Promise.reject(new AppError("login-denied", "Cannot: wrong code"));
  await rejects(get({ file: cached("2026-01-02T00:10:00Z"), typed: "000000", assume }), { code: "login-denied" });
});
