import { deepEqual, match } from "node:assert/strict";
import { findRepository, findSources, findStrangersAbove } from "../../../src/config/sources.ts";
import { loadConfig } from "../../../src/config/load_config.ts";
import { configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";

const [CWD, ABOVE] = ["/tmp/team/sub", "/tmp/atmos.yaml"];
const OTHER = 1001;

type Disk = ReturnType<typeof configWorld>["disk"];

/** What is read from the current directory, what is a repository, and what is warned about. */
function seen(make: (disk: Disk) => void, env: Readonly<Record<string, string>> = {}) {
  const { host, disk } = configWorld({ cwd: CWD, env });
  make(disk);
  const sources = findSources(host, NOTHING_NAMED);
  const read = sources.flatMap(({ file, directory, beside }) => [file ?? directory, ...beside]);
  return { read: [...new Set(read)], repository: findRepository(host, CWD), warned: findStrangersAbove(host) };
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
    disk.put("/tmp/team/.git", "", { uid: OTHER });
    disk.put("/tmp/team/atmos.yaml", "x: 1", { uid: OTHER });
    disk.directory(CWD, { uid: OTHER });
  });
  deepEqual([read[0], warned], ["/tmp/team/atmos.yaml", []]);
});

const BESIDE = ["/tmp/team/atmos.d", "/tmp/team/.atmos.d", "/tmp/team/profiles", "/tmp/team/.atmos/profiles"];
const SPOILED: Readonly<Record<string, (disk: Disk, directory: string) => void>> = {
  "another user's directory": (disk, directory) => disk.directory(directory, { uid: OTHER }),
  "a directory that everyone may write to": (disk, directory) => disk.directory(directory, { mode: 0o777 }),
  "another user's file": (disk, directory) => disk.put(`${directory}/p/x.yaml`, "x: 1", { uid: OTHER }),
  "a file that everyone may write to": (disk, directory) => disk.put(`${directory}/p/x.yaml`, "x: 1", { mode: 0o666 }),
  "another user's directory below it": (disk, directory) => disk.directory(`${directory}/p`, { uid: OTHER }),
};

/** Whether what is beside the configuration above is read; undefined where that ends with an error. */
async function readBeside(
  directory: string,
  { spoil, named = false, ...more }: {
    readonly spoil?: ((disk: Disk, directory: string) => void) | undefined;
    readonly named?: boolean;
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
  },
) {
  const { host, disk } = configWorld({ cwd: "/tmp/team/sub", ...more });
  disk.directory("/tmp/team/sub");
  disk.put("/tmp/team/.git", "");
  disk.put("/tmp/team/atmos.yaml", "base_path: .");
  spoil?.(disk, directory);
  if (disk.text(`${directory}/p/x.yaml`) === undefined) disk.put(`${directory}/p/x.yaml`, "x: 1");
  const configFiles = named ? ["/tmp/team/atmos.yaml"] : [];
  const profiles = directory.endsWith("profiles") ? ["p"] : [];
  try {
    const { files, problems } = await loadConfig(host, { ...NOTHING_NAMED, configFiles, profiles });
    const warned = problems.filter(({ message }) => /does not count/.test(message));
    return { isRead: files.includes(`${directory}/p/x.yaml`), warned: warned.length };
  } catch (error) {
    match((error as Error).message, /^Cannot use configuration profile "p": .*does not count/);
    return { isRead: false, warned: 1 };
  }
}

for (const [what, spoil] of Object.entries(SPOILED)) {
  Deno.test(`what lies beside a configuration above the current directory is left out, too: ${what}`, async () => {
    for (const directory of BESIDE) {
      deepEqual(await readBeside(directory, {}), { isRead: true, warned: 0 }, directory);
      deepEqual(await readBeside(directory, { spoil }), { isRead: false, warned: 1 }, directory);
      for (const more of [{ named: true }, { cwd: "/tmp/team" }, { env: { CI: "true" } }]) {
        deepEqual(await readBeside(directory, { spoil, ...more }), { isRead: true, warned: 0 }, directory);
      }
    }
  });
}
