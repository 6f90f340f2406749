import assert from "node:assert/strict";
import { isTrustedPlace } from "../../../../src/config/trust/trusted_places.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const OWN = "/home/me/.atmos/atmos.yaml";

Deno.test("the person's and the system's directories are trusted, what only looks like them is not", () => {
  const files = {
    [OWN]: "",
    "/home/me/.config/atmos/profiles/p/x.yaml": "",
    "/usr/local/etc/atmos/atmos.yaml": "",
    "/home/me/.atmosphere/atmos.yaml": "",
    "/home/me/repo/.atmos/atmos.yaml": "",
  };
  const { host } = configWorld({ files });
  const trusted = Object.keys(files).map((path) => isTrustedPlace(host, path));
  assert.deepEqual(trusted, [true, true, true, false, false]);
  assert.equal(isTrustedPlace(host, "/home/me/.atmos/none.yaml"), false);
});

Deno.test("a link hands no trust on: of a file, of a directory in it, of the directory itself", () => {
  const { host, disk } = configWorld({ files: { "/home/me/repo/d/x.yaml": "", [OWN]: "" } });
  disk.symlink("/home/me/.atmos/x.yaml", { to: "/home/me/repo/d/x.yaml" });
  disk.directory("/home/me/.config/atmos");
  disk.symlink("/home/me/.config/atmos/profiles", { to: "/home/me/repo" });
  for (const path of ["/home/me/.atmos/x.yaml", "/home/me/.config/atmos/profiles/d/x.yaml"]) {
    assert.equal(isTrustedPlace(host, path), false, path);
  }
  disk.symlink("/home/me/repo/up.yaml", { to: OWN });
  assert.equal(isTrustedPlace(host, "/home/me/repo/up.yaml"), true);
  for (const link of ["/home/me/.atmos", "/home/me/.config"]) {
    const { host, disk } = configWorld({ files: { "/home/me/repo/d/x.yaml": "", "/home/me/repo/atmos/x.yaml": "" } });
    disk.symlink(link, { to: "/home/me/repo" });
    assert.equal(isTrustedPlace(host, `${link}/${link.endsWith("s") ? "d" : "atmos"}/x.yaml`), false, link);
  }
});

Deno.test("HOME and XDG_CONFIG_HOME may be reached through links", () => {
  const env = { HOME: "/h", XDG_CONFIG_HOME: "/c" };
  const { host, disk } = configWorld({ files: { [OWN]: "", "/data/config/atmos/x.yaml": "" }, env });
  disk.symlink("/h", { to: "/home/me" });
  disk.symlink("/c", { to: "/data/config" });
  assert.equal(isTrustedPlace(host, "/h/.atmos/atmos.yaml"), true);
  assert.equal(isTrustedPlace(host, "/c/atmos/x.yaml"), true);
});

Deno.test("what somebody else owns or may write to is not trusted, nor what lies in it", () => {
  const cases = [
    [{}, {}, true],
    [{ uid: 0 }, { uid: 0 }, true],
    [{ uid: 4 }, {}, false],
    [{}, { uid: 4 }, false],
    [{ mode: 0o646 }, {}, false],
    [{}, { mode: 0o757 }, false],
    // The test's user and group have the same number: a group of one's own.
    [{ mode: 0o664 }, { mode: 0o775 }, true],
  ] as const;
  for (const [file, directory, expected] of cases) {
    const { host, disk } = configWorld({});
    disk.directory("/home/me/.atmos", directory);
    disk.put(OWN, "", file);
    assert.equal(isTrustedPlace(host, OWN), expected, JSON.stringify([file, directory]));
  }
});

Deno.test("a group that others may be in must not write", () => {
  const { host, disk } = configWorld({});
  disk.gid = 20;
  disk.put(OWN, "", { mode: 0o664 });
  assert.equal(isTrustedPlace(host, OWN), false);
  const nobody = { ...host, sys: { ...host.sys, uid: () => -1 } };
  assert.equal(isTrustedPlace(nobody, OWN), true, "a system without users");
});
