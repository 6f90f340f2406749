import { deepEqual, equal } from "node:assert/strict";
import { forgetRecorded, isAnothers, loginOwners, recordLogins } from "../../../src/docker/login_record.ts";
import { dockerHost } from "./docker_host.ts";

const FILE = "/home/me/.docker/config.json";
const STATE = "/home/me/.local/state/atmos/docker/logins.json";

Deno.test("whose a login is: remembered for each file and registry, the last one counts, until it is forgotten", async () => {
  const { host, files } = dockerHost();
  equal(loginOwners(host, FILE)("one"), undefined);
  await recordLogins(host, [
    { file: FILE, registry: "one", identity: "dev" },
    { file: FILE, registry: "two", identity: null },
    { file: "/other", registry: "one", identity: "reader" },
  ]);
  await recordLogins(host, [{ file: FILE, registry: "one", identity: "reader" }]);
  const owners = () => ["one", "two", "three"].map((one) => loginOwners(host, FILE)(one)?.identity);
  deepEqual(owners(), ["reader", null, undefined]);
  equal(files.reader.stat(STATE)!.mode & 0o777, 0o600);
  await forgetRecorded(host, [{ file: FILE, registry: "one" }]);
  deepEqual([...owners(), loginOwners(host, "/other")("one")?.identity], [undefined, null, undefined, "reader"]);
});

Deno.test("whose a login is: nothing is kept where nothing was, and what is no list of ours is nothing", async () => {
  const { host, files } = dockerHost();
  await forgetRecorded(host, [{ file: FILE, registry: "one" }]);
  equal(files.text(STATE), undefined);
  for (const text of ["", "{", "{}", "[7, null, {}]", '[{"file": "x", "registry": "one", "identity": 7}]']) {
    files.put(STATE, text);
    equal(loginOwners(host, FILE)("one"), undefined, text);
  }
  await recordLogins(host, [{ file: FILE, registry: "one", identity: "dev" }]);
  equal(loginOwners(host, FILE)("one")?.identity, "dev");
});

Deno.test("a login may be another's when it is known whose it is; upper and lower case are the same", () => {
  const owners = [undefined, ...["DEV", "reader", null].map((identity) => ({ identity }))];
  deepEqual(owners.map((owner) => isAnothers(owner, { identity: "dev" })), [false, false, true, true]);
});

Deno.test("an identity of another configuration is another one, whatever its name; older records do not say it, nor what has moved", async () => {
  const { host, files } = dockerHost();
  files.directory("/own");
  await recordLogins(host, [
    { file: FILE, registry: "one", identity: "dev", configLocation: "/own" },
    { file: FILE, registry: "moved", identity: "dev", configLocation: "/gone" },
    { file: FILE, registry: "old", identity: "dev" },
  ]);
  const isOther = (registry: string, configLocation: string | undefined) =>
    isAnothers(loginOwners(host, FILE)(registry), { identity: "dev", configLocation });
  deepEqual(["/own", "/clone", undefined].map((one) => isOther("one", one)), [false, true, true]);
  for (const registry of ["old", "moved"]) {
    deepEqual(["/own", "/clone", undefined].map((one) => isOther(registry, one)), [false, false, false]);
  }
});
