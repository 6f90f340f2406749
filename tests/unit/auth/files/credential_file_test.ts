import { deepEqual, equal, match, ok } from "node:assert/strict";
import { locateStoredCredentials, readStoredCredentials } from "../../../../src/auth/files/credential_file.ts";
import { removeStoredCredentials, writeStoredCredentials } from "../../../../src/auth/files/credential_file_write.ts";
import { keepSecret } from "../../../../src/aws/client/credentials.ts";
import { fakeStore } from "../../store/store_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const DIRECTORY = "/h/.config/atmos/r/aws/sso";
const PLACE = { credentials: `${DIRECTORY}/credentials`, config: `${DIRECTORY}/config`, profile: "dev" };
const EXPIRATION = Date.UTC(2026, 7, 1, 10);
const CREDENTIALS = keepSecret({
  accessKeyId: "ASIA1",
  secretAccessKey: "wJalr/+secret",
  sessionToken: "AQoD//token==",
  expiration: new Date(EXPIRATION),
});
const FINGERPRINT = "f".repeat(64);
const STORED = { place: PLACE, fingerprint: FINGERPRINT };
const INPUT = { ...STORED, credentials: CREDENTIALS, region: "eu-west-1" };
const TEXT = `; atmos: expiration=2026-08-01T10:00:00Z
[dev]
aws_access_key_id = ASIA1
aws_secret_access_key = wJalr/+secret
aws_session_token = AQoD//token==
atmos_fingerprint = ASIA1-${FINGERPRINT}
`;

Deno.test("credential files: written, private, read back", async () => {
  const { files, host } = fakeStore();
  deepEqual(await writeStoredCredentials(host, INPUT), { place: PLACE, problem: undefined });
  equal(files.text(PLACE.credentials), TEXT);
  equal(files.text(PLACE.config), "[profile dev]\nregion = eu-west-1\n");
  const modes = [DIRECTORY, PLACE.credentials, PLACE.config].map((path) => host.read.stat(path)?.mode);
  deepEqual(modes, [0o700, 0o600, 0o600]);
  equal(host.read.stat("/h/.config/atmos")?.mode, 0o700);
  const { stored, problem } = readStoredCredentials(host, STORED);
  equal(problem, undefined);
  equal(stored?.region, "eu-west-1");
  equal(stored?.credentials.expiration, EXPIRATION);
  equal(stored?.credentials.accessKeyId, "ASIA1");
  equal(stored?.credentials.secretAccessKey.reveal(), "wJalr/+secret");
  equal(stored?.credentials.sessionToken?.reveal(), "AQoD//token==");
});

Deno.test("credential files: another account or principal of the same fingerprint has its own place; the former one's keys stay", async () => {
  const { files, host } = fakeStore();
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  /** Logins one after the other, each of another principal, whose credentials have a place of their own. */
  const logins = [
    { accessKeyId: "ASIAONE", principal: role("one"), account: "123456789012" },
    { accessKeyId: "ASIATWO", principal: role("two"), account: "123456789012" },
    { accessKeyId: "ASIATHREE", principal: role("two"), account: "210987654321" },
    { accessKeyId: "ASIAFOUR", principal: role("four") },
  ];
  const places = new Map<string, string>();
  for (const login of logins) {
    const credentials = { ...CREDENTIALS, ...login };
    const { place } = locateStoredCredentials(host, STORED);
    const written = await writeStoredCredentials(host, { ...INPUT, place, credentials });
    equal(written.problem, undefined);
    places.set(login.accessKeyId, written.place.credentials);
    const found = locateStoredCredentials(host, STORED);
    deepEqual([found.place, found.stored?.credentials.accessKeyId], [written.place, login.accessKeyId]);
    deepEqual([found.stored?.credentials.principal, found.stored?.region], [login.principal, "eu-west-1"]);
  }
  equal(new Set(places.values()).size, logins.length);
  for (const [key, path] of places) match(files.text(path)!, new RegExp(`^aws_access_key_id = ${key}$`, "m"));
  const { place } = locateStoredCredentials(host, STORED);
  const renewed = { ...CREDENTIALS, ...logins.at(-1)!, accessKeyId: "ASIAFIVE" };
  equal(
    (await writeStoredCredentials(host, { ...INPUT, place, credentials: renewed })).place.credentials,
    place.credentials,
  );
  deepEqual(readStoredCredentials(host, STORED), {
    stored: undefined,
    isOutdated: true,
    outdatedAccount: "123456789012",
    problem: undefined,
  });
});

Deno.test("credential files: a directory that others may look into is closed, but not by root through a link", async () => {
  for (
    const [uid, isLinked, wanted] of [[1000, false, 0o700], [1000, true, 0o700], [0, false, 0o700], [
      0,
      true,
      0o755,
    ]] as const
  ) {
    const { files, host } = fakeStore();
    files.uid = uid;
    files.directory(isLinked ? "/etc" : DIRECTORY, { mode: 0o755 });
    if (isLinked) files.symlink(DIRECTORY, { to: "/etc", uid });
    const { problem } = await writeStoredCredentials({ ...host, sys: { ...host.sys, uid: () => uid } }, INPUT);
    equal(problem, undefined);
    equal(host.read.stat(DIRECTORY)?.mode, wanted, `${uid} ${isLinked}`);
  }
});

Deno.test("credential files: as the Go atmos lays them out, with the lock file that it leaves", async () => {
  const { files, host, slept } = fakeStore();
  const other = "\n[other]\naws_access_key_id     = AKIA9\naws_secret_access_key = theirs\n";
  const theirs = `; atmos: expiration=2026-08-01T12:00:00+02:00
[dev]
aws_access_key_id     = ASIA0
aws_secret_access_key = old
aws_session_token     = oldtoken
`;
  files.put(PLACE.credentials, theirs + other, { mode: 0o644 });
  files.put(`${PLACE.credentials}.lock`, "");
  files.put(`${PLACE.config}.lock`, "");
  deepEqual(readStoredCredentials(host, STORED), { stored: undefined, isOutdated: true, problem: undefined });
  equal((await writeStoredCredentials(host, INPUT)).problem, undefined);
  equal(slept(), 0);
  const written = theirs.replace("12:00:00+02:00", "10:00:00Z").replace("ASIA0", "ASIA1")
    .replace("= oldtoken", "= AQoD//token==").replace("= old\n", "= wJalr/+secret\n");
  equal(files.text(PLACE.credentials), `${written}atmos_fingerprint = ASIA1-${FINGERPRINT}\n${other}`);
  equal(host.read.stat(PLACE.credentials)?.mode, 0o600);
});

Deno.test("credential files: only those of the same fingerprint are read, and only with their own keys", async () => {
  const { files, host } = fakeStore();
  await writeStoredCredentials(host, INPUT);
  const outdated = { stored: undefined, isOutdated: true, problem: undefined };
  deepEqual(readStoredCredentials(host, { ...STORED, fingerprint: "e".repeat(64) }), outdated);
  // As the Go atmos does it: new keys in the same section, with whatever else it has.
  files.put(PLACE.credentials, TEXT.replace("= ASIA1\n", "= ASIA2\n"));
  deepEqual(readStoredCredentials(host, STORED), outdated);
  files.put(PLACE.credentials, TEXT);
  equal(readStoredCredentials(host, STORED).isOutdated, false);
});

Deno.test("credential files: another fingerprint's section is left alone, and each fingerprint finds its own place again", async () => {
  const { files, host } = fakeStore();
  await writeStoredCredentials(host, INPUT);
  const before = [files.text(PLACE.credentials), files.text(PLACE.config)];
  const own = `${DIRECTORY}/fingerprint-eeeeeeeeeeeeeeee`;
  const place = { credentials: `${own}/credentials`, config: `${own}/config`, profile: "dev" };
  const other = { place: PLACE, fingerprint: "e".repeat(64) };
  deepEqual(locateStoredCredentials(host, other).place, place);
  for (let login = 0; login < 2; login++) {
    const input = { ...INPUT, ...other, region: "us-west-2" };
    deepEqual(await writeStoredCredentials(host, input), { place, problem: undefined });
    deepEqual([files.text(PLACE.credentials), files.text(PLACE.config)], before);
  }
  const found = locateStoredCredentials(host, other);
  deepEqual([found.place, found.stored?.region], [place, "us-west-2"]);
  deepEqual(locateStoredCredentials(host, STORED).place, PLACE);
  // Once it is stored there, it stays there.
  await removeStoredCredentials(host, PLACE);
  deepEqual(locateStoredCredentials(host, other).place, place);
  deepEqual(locateStoredCredentials(host, { ...other, fingerprint: "d".repeat(64) }).place, PLACE);
});

Deno.test("credential files: each is read once to find a place, also where another has it", async () => {
  const { files, host } = fakeStore();
  await writeStoredCredentials(host, INPUT);
  for (const fingerprint of [FINGERPRINT, "e".repeat(64)]) {
    const read: string[] = [];
    const reader = { ...files.reader, bytes: (path: string) => (read.push(path), files.reader.bytes(path)) };
    locateStoredCredentials({ ...host, read: reader }, { place: PLACE, fingerprint });
    deepEqual(read.filter((path) => path === PLACE.credentials), [PLACE.credentials]);
  }
});

Deno.test("credential files: the Go atmos's lock is waited for, then told", async () => {
  const { files, host, slept } = fakeStore();
  files.put(`${PLACE.config}.lock`, "");
  const theirs = host.write.open(`${PLACE.config}.lock`, { how: "existing", mode: 0o600 });
  ok(theirs.tryLock());
  const { problem } = await writeStoredCredentials(host, INPUT);
  match(problem!.message, /^Cannot lock file ".*\/config": other atmos processes kept it busy for 10 s$/);
  ok(slept() >= 10_000);
  equal(files.text(PLACE.credentials), undefined);
});

Deno.test("credential files: what a user added stays, the same again changes nothing", async () => {
  const { files, host } = fakeStore();
  files.put(PLACE.config, "# mine\r\n[profile dev]\r\nregion=us-west-2\r\noutput = json\r\n");
  await writeStoredCredentials(host, INPUT);
  equal(files.text(PLACE.config), "# mine\r\n[profile dev]\r\nregion=eu-west-1\r\noutput = json\r\n");
  const before = host.read.stat(PLACE.config);
  await writeStoredCredentials(host, INPUT);
  deepEqual(host.read.stat(PLACE.config), before);
});

Deno.test("credential files: keys without a session take the old token and remark away; no region is us-east-1", async () => {
  const { files, host } = fakeStore();
  await writeStoredCredentials(host, INPUT);
  const user = keepSecret({ accessKeyId: "AKIA1", secretAccessKey: "s" });
  await writeStoredCredentials(host, { ...STORED, credentials: user, region: undefined });
  equal(
    files.text(PLACE.credentials),
    "[dev]\naws_access_key_id = AKIA1\naws_secret_access_key = s\natmos_fingerprint = AKIA1-" + FINGERPRINT + "\n",
  );
  equal(files.text(PLACE.config), "[profile dev]\nregion = us-east-1\n");
  equal(readStoredCredentials(host, STORED).stored?.credentials.expiration, undefined);
});

Deno.test("credential files: an identity called default", async () => {
  const { files, host } = fakeStore();
  await writeStoredCredentials(host, { ...INPUT, place: { ...PLACE, profile: "default" } });
  equal(files.text(PLACE.config), "[default]\nregion = eu-west-1\n");
});

Deno.test("credential files: nothing there is no problem", async () => {
  const { host } = fakeStore();
  deepEqual(readStoredCredentials(host, STORED), { stored: undefined, isOutdated: false, problem: undefined });
  deepEqual(await removeStoredCredentials(host, PLACE), []);
  equal(host.read.stat("/h"), undefined);
});

Deno.test("credential files: half a key is none", () => {
  const { files, host } = fakeStore();
  files.put(PLACE.credentials, "[dev]\naws_access_key_id = A\naws_secret_access_key =\n");
  deepEqual(readStoredCredentials(host, STORED), { stored: undefined, isOutdated: false, problem: undefined });
});

const corrupt: readonly (readonly [string, string, number])[] = [
  ["no INI", "[dev]\nAKIASECRET\n", 2],
  ["cut in a header", "[other]\na = b\n[de", 3],
];

for (const [name, text, line] of corrupt) {
  Deno.test(`credential files: ${name} is left aside when reading and refused when writing`, async () => {
    const { files, host } = fakeStore();
    files.put(PLACE.credentials, text);
    const read = readStoredCredentials(host, STORED);
    equal(read.stored, undefined);
    const problems = [
      read.problem,
      (await writeStoredCredentials(host, INPUT)).problem,
      ...await removeStoredCredentials(host, PLACE),
    ];
    equal(problems.length, 3);
    for (const problem of problems) {
      deepEqual(problem?.place, { file: PLACE.credentials, line, column: 1 });
      match(problem!.message, new RegExp(`line ${line}`));
      ok(!JSON.stringify(problem).includes("AKIASECRET"));
    }
    equal(files.text(PLACE.credentials), text);
  });
}

Deno.test("credential files: bytes that are no text", async () => {
  const { files, host } = fakeStore();
  files.put(PLACE.credentials, "");
  const file = host.write.open(PLACE.credentials, { how: "existing", mode: 0o600 });
  file.write(new Uint8Array([0x5b, 0x0a, 0xff]));
  const { problem } = readStoredCredentials(host, STORED);
  deepEqual(problem?.place, { file: PLACE.credentials, line: 2, column: 1 });
  equal((await writeStoredCredentials(host, INPUT)).problem?.place?.line, 2);
});

Deno.test("credential files: a region that cannot be read costs the region alone", async () => {
  const { files, host } = fakeStore();
  await writeStoredCredentials(host, INPUT);
  files.put(PLACE.config, "no settings");
  const { stored, problem } = readStoredCredentials(host, STORED);
  equal(stored?.credentials.accessKeyId, "ASIA1");
  equal(stored?.region, undefined);
  equal(problem?.place?.line, 1);
});

Deno.test("credential files: a directory that takes no file is told, not thrown", async () => {
  const { files, host } = fakeStore();
  files.directory("/h");
  files.close("/h", "read-only");
  const { problem } = await writeStoredCredentials(host, INPUT);
  match(problem!.message, /^Cannot write credentials "\/h\/\.config\/.*": the file system is read-only/);
  match(renderRemedy({}, problem!), /ATMOS_XDG_CONFIG_HOME/);
});

Deno.test("credential files: a pipe is not opened", () => {
  const { files, host } = fakeStore();
  files.pipe(PLACE.credentials);
  match(readStoredCredentials(host, STORED).problem!.message, /it is a pipe/);
});

Deno.test("credential files: a name that INI cannot hold", async () => {
  const { host } = fakeStore();
  const { problem } = await writeStoredCredentials(host, { ...INPUT, place: { ...PLACE, profile: "it's" } });
  match(problem!.message, /"profile it's" cannot be the name of a section/);
});

Deno.test("credential files: logout takes that identity's sections, then the files", async () => {
  const { files, host } = fakeStore();
  const other = { ...PLACE, profile: "dev2" };
  await writeStoredCredentials(host, INPUT);
  const alone = [files.text(PLACE.credentials), files.text(PLACE.config)];
  await writeStoredCredentials(host, { ...INPUT, place: other });
  deepEqual(await removeStoredCredentials(host, other), []);
  deepEqual([files.text(PLACE.credentials), files.text(PLACE.config)], alone);
  deepEqual(await removeStoredCredentials(host, PLACE), []);
  deepEqual(host.read.list(DIRECTORY), ["config.lock", "credentials.lock"]);
});

Deno.test("credential files: logout leaves a file in which somebody wrote a comment", async () => {
  const { files, host } = fakeStore();
  files.put(PLACE.credentials, `# keep\n\n${TEXT}`);
  deepEqual(await removeStoredCredentials(host, PLACE), []);
  equal(files.text(PLACE.credentials), "# keep\n");
});

Deno.test("credential files: a directory of ours that others may look into is closed", async () => {
  const { files, host } = fakeStore();
  files.directory(DIRECTORY, { mode: 0o755 });
  await writeStoredCredentials(host, INPUT);
  equal(host.read.stat(DIRECTORY)?.mode, 0o700);
});

Deno.test("credential files: one that is mounted by itself is written where it is, and emptied by logout", async () => {
  const { files, host } = fakeStore();
  files.put(PLACE.credentials, "[other]\na = b\n");
  files.pin(PLACE.credentials);
  equal((await writeStoredCredentials(host, INPUT)).problem, undefined);
  equal(files.text(PLACE.credentials), `[other]\na = b\n\n${TEXT}`);
  files.put(PLACE.credentials, TEXT);
  files.pin(PLACE.credentials);
  deepEqual(await removeStoredCredentials(host, PLACE), []);
  equal(files.text(PLACE.credentials), "");
});

Deno.test("credential files: a full disk leaves the old file as it was", async () => {
  const { files, host } = fakeStore();
  await writeStoredCredentials(host, INPUT);
  const newer = { ...INPUT, credentials: keepSecret({ accessKeyId: "AKIA2", secretAccessKey: "s" }) };
  for (let effect = 1; effect < 60; effect++) {
    files.failAt(effect, "no-space");
    const told = await writeStoredCredentials(host, newer).catch((error: unknown) => ({ problem: error }));
    files.restart();
    const text = files.text(PLACE.credentials)!;
    ok(text === TEXT || text.includes("AKIA2"), `effect ${effect}: ${text}`);
    if (told.problem === undefined && !text.includes("AKIA2")) throw new Error(`effect ${effect} was not told`);
  }
});

Deno.test("credential files: the account is that of the very keys beside it", async () => {
  const { files, host } = fakeStore();
  const credentials = { ...CREDENTIALS, account: "123456789012" };
  equal((await writeStoredCredentials(host, { ...INPUT, credentials })).problem, undefined);
  equal(files.text(PLACE.credentials), `${TEXT}atmos_account = ASIA1-123456789012\n`);
  const readAccount = () => readStoredCredentials(host, STORED).stored?.credentials.account;
  equal(readAccount(), "123456789012");
  for (const wrong of ["ASIA2-123456789012", "123456789012", "ASIA1-12345678901x", "ASIA1-"]) {
    files.put(PLACE.credentials, `${TEXT}atmos_account = ${wrong}\n`);
    equal(readAccount(), undefined, wrong);
  }
  files.put(PLACE.credentials, `${TEXT}atmos_account = ASIA1-123456789012\n`);
  deepEqual(await writeStoredCredentials(host, INPUT), { place: PLACE, problem: undefined });
  equal(files.text(PLACE.credentials), TEXT);
});
