import assert from "node:assert/strict";
import { resolveBasePath } from "../../../src/config/base_path.ts";
import { configWorld } from "../../support/config/config_files.ts";

const DIRECTORY = "/conf";
const FILE = "/conf/d/atmos.yaml";

Deno.test("base_path in a repository and outside of one", () => {
  const inside = configWorld({ files: { "/home/me/.git/HEAD": "" } }).host;
  const outside = configWorld({}).host;
  const table = [
    { said: undefined, file: FILE, inside: "/home/me", outside: "/conf" },
    { said: "", file: FILE, inside: "/home/me", outside: "/conf" },
    { said: ".", file: FILE, inside: "/conf/d", outside: "/conf/d" },
    { said: "../x", file: FILE, inside: "/conf/x", outside: "/conf/x" },
    { said: "./x", file: undefined, inside: "/home/me/repo/x", outside: "/home/me/repo/x" },
    { said: "x/y", file: FILE, inside: "/home/me/x/y", outside: "/home/me/repo/x/y" },
    { said: "/abs/./x", file: FILE, inside: "/abs/x", outside: "/abs/x" },
    { said: "~/x", file: FILE, inside: "/home/me/x", outside: "/home/me/x" },
  ];
  for (const { said, file, ...expected } of table) {
    const input = { said, directory: DIRECTORY, ...(file === undefined ? {} : { file }) };
    assert.equal(resolveBasePath(inside, input), expected.inside, `${said} in a repository`);
    assert.equal(resolveBasePath(outside, input), expected.outside, `${said} outside of one`);
  }
  assert.equal(resolveBasePath(outside, { said: "", directory: undefined }), "/home/me/repo");
});
