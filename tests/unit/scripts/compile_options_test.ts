import assert from "node:assert/strict";
import { parseOptions } from "../../../scripts/compile/options.ts";
import { cachedImagePath, hasRuntimeImage } from "../../../scripts/compile/runtime_image.ts";

Deno.test("no options: this machine's target, into dist", () => {
  assert.deepEqual(parseOptions([]), { allowHosts: [], output: "dist/atmos" });
});

Deno.test("every option, with and without an equals sign", () => {
  const args = ["--target", "aarch64-apple-darwin", "--allow-host=idp.example.com", "--allow-host", "[::2]:8443"];
  assert.deepEqual(parseOptions([...args, "--output=a=b"]), {
    target: "aarch64-apple-darwin",
    allowHosts: ["idp.example.com", "[::2]:8443"],
    output: "a=b",
  });
});

Deno.test("wrong options are refused", () => {
  assert.throws(() => parseOptions(["--outptu", "x"]), /unknown option "--outptu"/);
  assert.throws(() => parseOptions(["x"]), /unknown option "x"/);
  assert.throws(() => parseOptions(["--output"]), /--output needs a value/);
  assert.throws(() => parseOptions(["--target="]), /--target needs a value/);
});

Deno.test("a host to allow is one host, never all and never a list", () => {
  for (const good of ["idp.example.com", "*.example.com", "10.0.0.1:443", "[fd00::1]"]) {
    assert.deepEqual(parseOptions(["--allow-host", good]).allowHosts, [good]);
  }
  for (const bad of ["*", "a,b", "https://a.example", "a b", "0.0.0.0/0", "a/", "-A", "*.", "[x]"]) {
    assert.throws(() => parseOptions(["--allow-host", bad]), /is no host name or address/, bad);
  }
});

Deno.test("the runtime image: DENORT_BIN, else the archive in Deno's cache", () => {
  const path = cachedImagePath({ target: "aarch64-apple-darwin", denoDir: "/cache" });
  assert.equal(path, `/cache/dl/release/v${Deno.version.deno}/denort-aarch64-apple-darwin.zip`);
  assert.equal(hasRuntimeImage({ denortBin: "/opt/denort", denoDir: "/nowhere" }), true);
});
