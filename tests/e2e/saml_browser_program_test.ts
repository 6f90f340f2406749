import { equal, match } from "node:assert/strict";
import { samlWorld } from "../support/runs/saml_run.ts";

/** Files that may be run, and that no system starts or that end at once. */
const PROGRAMS: Readonly<Record<string, readonly [text: string, found: RegExp]>> = {
  "a script whose interpreter is not there": ["#!/no/such/interpreter\n", /it is not a program .* \(ENOENT\)$/m],
  "an interpreter that is a directory": ["#!/tmp\n", /it is not a program .* \(EACCES\)$/m],
  "neither a script nor a program": ["\x01\x02garbage", /it ended as soon as it was started$/m],
  "the head of a program": ["\x7fELF and nothing else", /it ended as soon as it was started$/m],
  "a script that fails": ["#!/bin/sh\nexit 3\n", /it ended as soon as it was started$/m],
};

for (const [what, [text, found]] of Object.entries(PROGRAMS)) {
  Deno.test(`SAML browser: ${what} as browser_executable_path is one clear line, and no bug`, async () => {
    const url = "https://idp.example.com/app";
    await using world = await samlWorld({ provider: `url: "${url}", driver: browser` });
    const browser = world.home.write("browser", text);
    Deno.chmodSync(browser, 0o700);
    const config = world.home.read("repo/atmos.yaml")!;
    world.home.write("repo/atmos.yaml", config.replace("driver:", `browser_executable_path: ${browser}, driver:`));
    const { status, stderr } = await world.run(["auth", "login"], { ATMOS_SAML_HEADLESS: "1", ATMOS_TRUST: "1" });
    equal(status, 4, stderr);
    match(stderr, /^Error: Cannot log in with provider /m);
    match(stderr, found);
    equal(/bug|internal|Cannot continue|\n\s+at /.test(stderr), false, stderr);
  });
}
