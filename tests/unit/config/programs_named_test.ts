import assert from "node:assert/strict";
import { loadConfig, untrustedFiles } from "../../../src/config/load_config.ts";
import { configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";

const FILE = "/home/me/repo/atmos.yaml";
const provider = (field: string) => `auth: {providers: {corp: {kind: aws/saml, ${field}}}}\n`;

Deno.test("a browser that a working tree names is a program that runs: only after trust, wherever it lies", async () => {
  for (const path of ["/usr/bin/chromium", "/home/me/repo/chrome", "~/chrome"]) {
    const { host } = configWorld({ files: { [FILE]: provider(`browser_executable_path: ${path}`) } });
    assert.deepEqual(await untrustedFiles(host, NOTHING_NAMED), [
      { path: FILE, reason: "its auth.providers.corp.browser_executable_path runs a program" },
    ]);
    await assert.rejects(loadConfig(host, NOTHING_NAMED), { code: "config-invalid", message: /runs a program/ });
  }
});

Deno.test("a browser's profile is written like every other place", async () => {
  const reasons = async (path: string) => {
    const { host } = configWorld({ files: { [FILE]: provider(`browser_profile: ${path}`) } });
    return (await untrustedFiles(host, NOTHING_NAMED)).map(({ reason }) => reason);
  };
  assert.deepEqual(await reasons("~/.config/profile"), []);
  assert.deepEqual(await reasons("/srv/x"), ["its auth.providers.corp.browser_profile writes outside HOME"]);
});
