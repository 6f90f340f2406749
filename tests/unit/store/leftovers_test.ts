import { deepEqual, equal } from "node:assert/strict";
import { findLeftoverBeside, findLeftovers, removeLeftover } from "../../../src/store/leftovers.ts";
import { fakeStore } from "./store_host.ts";

const TEMPORARY = "/h/atmos/r/aws/sso/credentials.atmos-tmp";

Deno.test("leftovers: found at every depth, and only files of that name, links not followed", () => {
  const { files, host } = fakeStore();
  for (const path of [TEMPORARY, "/h/atmos/one.json.atmos-tmp", "/h/atmos/one.json", "/elsewhere/x.atmos-tmp"]) {
    files.put(path, "secret");
  }
  files.put("/h/atmos/console/profile/a-browsers.atmos-tmp", "its own");
  files.directory("/h/atmos/directory.atmos-tmp");
  files.symlink("/h/atmos/link", { to: "/elsewhere" });
  files.symlink("/h/atmos/link.atmos-tmp", { to: "/elsewhere/x.atmos-tmp" });
  deepEqual(findLeftovers(host, "/h/atmos").toSorted(), ["/h/atmos/one.json.atmos-tmp", TEMPORARY]);
  deepEqual(findLeftovers(host, "/h/none"), []);
});

Deno.test("leftovers: beside a file, also where a link leads to it, and where it does not exist", () => {
  const { files, host } = fakeStore();
  deepEqual(findLeftoverBeside(host, "/d/config.json"), []);
  files.put("/d/config.json.atmos-tmp", "secret");
  deepEqual(findLeftoverBeside(host, "/d/config.json"), ["/d/config.json.atmos-tmp"]);
  files.put("/d/config.json", "{}");
  files.symlink("/h/config.json", { to: "/d/config.json" });
  deepEqual(findLeftoverBeside(host, "/h/config.json"), ["/d/config.json.atmos-tmp"]);
});

for (const end of [".atmos-lock", ".lock"]) {
  Deno.test(`leftovers: one that a run is writing under ${end} stays until that run has ended`, () => {
    const { files, host } = fakeStore();
    const lock = TEMPORARY.replace(".atmos-tmp", end);
    files.put(TEMPORARY, "secret");
    files.put(lock, "");
    const held = host.write.open(lock, { how: "existing", mode: 0o600 });
    equal(held.tryLock(), true);
    equal(removeLeftover(host, TEMPORARY), false);
    equal(files.text(TEMPORARY), "secret");
    held.close();
    equal(removeLeftover(host, TEMPORARY), true);
    equal(files.text(TEMPORARY), undefined);
  });
}

Deno.test("leftovers: the lock file that a killed run made of its guard is no run", () => {
  const { files, host } = fakeStore();
  files.put("/d/one.json.atmos-tmp", "secret");
  files.put("/d/one.json.atmos-lock", "");
  files.hardLink("/d/one.json.atmos-lock", "/d/one.json.lock");
  equal(removeLeftover(host, "/d/one.json.atmos-tmp"), true);
  deepEqual(host.read.list("/d"), ["one.json.atmos-lock", "one.json.lock"]);
});
