import assert from "node:assert/strict";
import { lateIn } from "../../../scripts/compile/late_imports.ts";

Deno.test("a chunk's lazy imports become expressions; those named, packages and static imports stay", () => {
  const code = [
    'import { a } from "./chunk-AAAAAAAA.js";',
    'const b = () => import("./commands_b-BBBBBBBB.js");',
    'const c = () => import("./c-CCCCCCCC.js");',
    'const d = () => import("@aws-sdk/credential-providers");',
  ];
  const late = [...code];
  late[1] = 'const b = () => import("" || "./commands_b-BBBBBBBB.js");';
  assert.equal(lateIn(code.join("\n"), new Set(["./c-CCCCCCCC.js"])), late.join("\n"));
});
