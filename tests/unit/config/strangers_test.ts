import { deepEqual, match } from "node:assert/strict";
import { findSources, repositoryOf, strangersAbove } from "../../../src/config/sources.ts";
import { configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";

const [CWD, ABOVE] = ["/tmp/work/sub", "/tmp/atmos.yaml"];
const OTHER = 1001;

type Disk = ReturnType<typeof configWorld>["disk"];

/** What is read from the current directory, what is a repository, and what is warned about. */
function seen(make: (disk: Disk) => void, env: Readonly<Record<string, string>> = {}) {
  const { host, disk } = configWorld({ cwd: CWD, env });
  make(disk);
  const sources = findSources(host, NOTHING_NAMED);
  const read = sources.flatMap(({ file, directory, beside }) => [file ?? directory, ...beside]);
  return { read: [...new Set(read)], repository: repositoryOf(host, CWD), warned: strangersAbove(host) };
}

const UNREAD: Readonly<Record<string, (disk: Disk) => void>> = {
  "another user's file": (disk) => disk.put(ABOVE, "x: 1", { uid: OTHER }),
  "a file that everyone may write to": (disk) => disk.put(ABOVE, "x: 1", { mode: 0o666 }),
  "another user's link to a file of the user's": (disk) => {
    disk.put("/tmp/mine.yaml", "x: 1");
    disk.symlink(ABOVE, { to: "/tmp/mine.yaml", uid: OTHER });
  },
  "the same in another user's repository": (disk) => {
    disk.put("/tmp/.git", "", { uid: OTHER });
    disk.put(ABOVE, "x: 1", { uid: OTHER });
  },
};

for (const [what, make] of Object.entries(UNREAD)) {
  Deno.test(`configuration above the current directory does not count, with a warning: ${what}`, () => {
    const { read, warned } = seen(make);
    deepEqual(read, []);
    deepEqual(warned.map(({ place, severity }) => [place.file, severity]), [[ABOVE, "warning"]]);
    match(warned[0]!.message, /does not count/);
    for (const env of [{ CI: "true" }, { ATMOS_TRUST: "1" }]) deepEqual(seen(make, env).read[0], ABOVE);
    deepEqual(seen(make, { CI: "true", ATMOS_TRUST: "0" }).read, []);
  });
}

Deno.test("a repository that another user has put above the current directory brings nothing", () => {
  const { read, repository } = seen((disk) => {
    disk.put("/tmp/.git", "", { uid: OTHER });
    disk.put("/tmp/.atmos.d/x.yaml", "x: 1", { uid: OTHER });
    disk.put(`${CWD}/atmos.yaml`, "x: 1");
  });
  deepEqual(read, [`${CWD}/atmos.yaml`, CWD]);
  deepEqual(repository, undefined);
});

Deno.test("the user's, root's and the current directory's owner's configuration above it counts", () => {
  for (const uid of [1000, 0]) deepEqual(seen((disk) => disk.put(ABOVE, "x: 1", { uid })).read[0], ABOVE);
  const { read, warned } = seen((disk) => {
    disk.put("/tmp/work/.git", "", { uid: OTHER });
    disk.put("/tmp/work/atmos.yaml", "x: 1", { uid: OTHER });
    disk.directory(CWD, { uid: OTHER });
  });
  deepEqual([read[0], warned], ["/tmp/work/atmos.yaml", []]);
});
