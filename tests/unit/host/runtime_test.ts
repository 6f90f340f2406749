import { deepEqual } from "node:assert/strict";
import { runtime } from "../../../src/host/runtime.ts";

Deno.test("runtime: what the runtime says about itself, without any permission", () => {
  const { os, arch } = Deno.build;
  const { deno, v8 } = Deno.version;
  deepEqual(runtime, { os, arch, deno, v8 });
});
