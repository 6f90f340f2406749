import assert from "node:assert/strict";
import config from "../../../../deno.json" with { type: "json" };
import { VERSION } from "../../../../src/version.ts";
import { compileArgs } from "../../../../scripts/compile/compile.ts";
import { ALLOWED_HOSTS, howToAllow, permissionFlags, V8_FLAGS } from "../../../../src/host/process/allowed.ts";

Deno.test("deno task atmos runs with exactly the flags of src/host/process/allowed.ts", () => {
  const words = ["deno", "run", "--quiet", ...V8_FLAGS, ...permissionFlags(), "scripts/atmos.ts"];
  assert.equal(config.tasks.atmos, words.map((word) => /[*[\]]/.test(word) ? `'${word}'` : word).join(" "));
});

Deno.test("the executable is built with the flags of the task, and hosts that were asked for", () => {
  const same = compileArgs({ allowHosts: [], output: "x" });
  for (const flag of [...V8_FLAGS, ...permissionFlags()]) assert.ok(same.includes(flag), flag);
  const more = compileArgs({ allowHosts: ["idp.example.com"], output: "x" });
  const net = `--allow-net=${[...ALLOWED_HOSTS, "idp.example.com"].join(",")}`;
  assert.deepEqual(more.filter((flag) => !same.includes(flag)), [net]);
  assert.deepEqual(more.filter((flag) => flag.startsWith("--allow-net")), [net]);
});

Deno.test("nothing is allowed wholesale that can be listed", () => {
  const flags = permissionFlags();
  for (const wide of ["-A", "--allow-all", "--allow-net", "--allow-sys", "--allow-ffi", "--allow-import"]) {
    assert.ok(!flags.includes(wide), wide);
  }
  for (const needed of ["--no-prompt", "--deny-ffi", "--deny-import"]) assert.ok(flags.includes(needed), needed);
  for (const host of ALLOWED_HOSTS) assert.doesNotMatch(host, /^\*?$|^\*\.[a-z]+$|\/[0-7]$/, host);
});

Deno.test("the executable has no code cache", () => {
  assert.ok(compileArgs({ allowHosts: [], output: "x" }).includes("--no-code-cache"));
});

Deno.test("the version is the one of deno.json", () => {
  assert.equal(VERSION, config.version);
});

Deno.test("the executable can only be built anew", () => {
  const told = howToAllow("eks.example:8443", { compiled: true });
  assert.equal(told, "Build one that may: deno task compile --allow-host eks.example");
});

Deno.test("from source one more host is enough", () => {
  const told = howToAllow("[::2]:80", { compiled: false });
  assert.match(told, /^Start main\.ts .* atmos task in deno\.json and \[::2\] added to its hosts, or build one/);
  assert.match(told, /--allow-host \[::2\]$/);
});
