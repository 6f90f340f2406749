import { deepEqual, equal, match } from "node:assert/strict";
import { locateStoredCredentials, readStoredCredentials } from "../../../../src/auth/files/credential_file.ts";
import { placeIn } from "../../../../src/auth/files/credential_file_place.ts";
import { removeStoredCredentials, writeStoredCredentials } from "../../../../src/auth/files/credential_file_write.ts";
import { keepSecret } from "../../../../src/aws/client/credentials.ts";
import { type FakeStore, fakeStore } from "../../store/store_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const PLACE = placeIn("/h/.config/atmos/r/aws/sso", "dev");
const STORED = { place: PLACE, fingerprint: "f".repeat(64) };
const CREDENTIALS = keepSecret({
  accessKeyId: "ASIA1",
  secretAccessKey: "one",
  sessionToken: "two",
  expiration: new Date(Date.UTC(2026, 7, 1)),
});
const INPUT = { ...STORED, credentials: CREDENTIALS, region: "eu-west-1" };
const FILES = [PLACE.credentials, PLACE.config];

/** What makes a file another user's: how it is, what is said of it, and what makes it one's own again. */
const FAULTS = [
  [{ uid: 2000 }, /: it belongs to another user \(uid 2000\)$/, "rm"],
  [{ mode: 0o666 }, /: other users may write to it \(mode 0666\)$/, "chmod 600"],
  [{ mode: 0o620 }, /: other users may write to it \(mode 0620\)$/, "chmod 600"],
  [{ mode: 0o602 }, /: other users may write to it \(mode 0602\)$/, "chmod 600"],
] as const;

async function stored(uid: number): Promise<FakeStore> {
  const store = fakeStore({ uid });
  equal((await writeStoredCredentials(store.host, INPUT)).problem, undefined);
  return store;
}

for (const path of FILES) {
  for (const me of [1000, 0]) {
    for (const [fault, said, remedy] of FAULTS) {
      const title = `${path} as ${JSON.stringify(fault)}, user ${me}`;
      Deno.test(`credential files of others are not used, and stay as they are: ${title}`, async () => {
        const { files, host } = await stored(me);
        files.put(path, files.text(path)!, fault);
        const before = FILES.map((one) => files.text(one));
        const read = readStoredCredentials(host, STORED);
        const problems = [
          read.problem,
          locateStoredCredentials(host, STORED).problem,
          (await writeStoredCredentials(host, { ...INPUT, region: "eu-west-2" })).problem,
        ];
        equal(read.stored, undefined);
        for (const problem of problems) {
          match(problem!.message, said);
          equal(renderRemedy({}, problem!), `Check it, then: ${remedy} ${path}`);
        }
        equal(files.text(path), before[FILES.indexOf(path)]);
        equal((await removeStoredCredentials(host, PLACE)).length, 1);
        equal(files.text(path), before[FILES.indexOf(path)]);
      });
    }
  }
}

Deno.test("credential files of root, which every user trusts, are used", async () => {
  const { files, host } = await stored(1000);
  for (const path of FILES) files.put(path, files.text(path)!, { uid: 0, mode: 0o644 });
  const { stored: found, problem } = readStoredCredentials(host, STORED);
  deepEqual([found?.credentials.accessKeyId, problem], ["ASIA1", undefined]);
});
