import { equal } from "node:assert/strict";
import { chooseDriver } from "../../../../src/auth/saml/choose_driver.ts";
import { findBrowser } from "../../../../src/auth/saml/find_browser.ts";
import type { AwsSaml } from "../../../../src/auth/kinds/providers/aws_saml/schema.ts";
import { Secret } from "../../../../src/secret.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { recordedUi } from "../login/login_place.ts";

const PROVIDER: AwsSaml = {
  ...{ kind: "aws/saml", url: "https://idp", region: "us-east-1", isDefault: false, tags: [], driver: undefined },
  ...{ autoProvisionIdentities: false, consoleSessionMs: undefined, endpointUrl: undefined, filesBasePath: undefined },
  ...{ username: undefined, password: undefined, assertionFile: undefined, sessionMs: undefined },
  ...{ browserType: undefined, browserExecutablePath: undefined, browserProfile: undefined },
};

function computer(paths: readonly string[], { os, env }: Pick<Parameters<typeof fakeHost>[0] & object, "os" | "env">) {
  const files = new MemoryFiles();
  for (const path of paths) files.put(path, "", { mode: path.endsWith(".txt") ? 0o644 : 0o755 });
  return fakeHost({ ...(os ? { os } : {}), env: env ?? {}, files: { read: files.reader, write: files.writer } });
}

const LINUX = { env: { PATH: "/usr/bin:bin:/opt", DISPLAY: ":0" } };

Deno.test("driver: the named one, Go's names too; a response that is there; else browser for people, form for the rest", () => {
  const here = computer(["/opt/chromium"], LINUX);
  const chosen = (more: Partial<AwsSaml>, ui = recordedUi()) =>
    chooseDriver(here, { provider: { ...PROVIDER, ...more }, ui });
  equal(chosen({}), "browser");
  equal(chosen({}, recordedUi({ interactive: false })), "form");
  equal(chosen({ assertionFile: "x" }), "assertion");
  equal(chosen({ driver: "form" }), "form");
  equal(chosen({ driver: "ADFS", assertionFile: "x" }), "form");
  for (const driver of ["Okta", "GoogleApps", "Browser", "browser"] as const) equal(chosen({ driver }), "browser");
  const given = { ...recordedUi(), samlResponse: () => Promise.resolve(new Secret("x")) };
  equal(chosen({ driver: "browser" }, given), "assertion");
  const input = { provider: PROVIDER, ui: recordedUi() };
  equal(chooseDriver(computer([], LINUX), input), "form");
  equal(chooseDriver(computer(["/opt/chromium"], { env: { PATH: "/opt" } }), input), "form");
  equal(
    chooseDriver(computer(["/opt/chromium"], { env: { PATH: "/opt", ATMOS_SAML_HEADLESS: "true" } }), input),
    "browser",
  );
});

Deno.test("find browser: PATH, Applications, Program Files; by type, or the one that is named", () => {
  const find = (host: ReturnType<typeof computer>, more: Partial<AwsSaml> = {}) =>
    findBrowser(host, { ...PROVIDER, ...more });
  const linux = computer(["/opt/chromium", "/usr/bin/microsoft-edge"], LINUX);
  equal(find(linux), "/opt/chromium");
  equal(find(linux, { browserType: "msedge-beta" }), "/usr/bin/microsoft-edge");
  equal(find(linux, { browserType: "firefox" }), undefined);
  equal(find(linux, { browserExecutablePath: "/opt/chromium" }), "/opt/chromium");
  equal(find(linux, { browserExecutablePath: "/opt/none" }), undefined);
  equal(find(computer(["/opt/notes.txt"], LINUX), { browserExecutablePath: "/opt/notes.txt" }), undefined);
  const home = computer(["/home/me/chrome", "/~/chrome", "/chrome"], { ...LINUX, env: { HOME: "/home/me" } });
  equal(find(home, { browserExecutablePath: "~/chrome" }), "/home/me/chrome");
  equal(find(home, { browserExecutablePath: "chrome" }), "/chrome");
  equal(find(computer(["/repo/bin/chromium"], LINUX)), undefined);
  const chrome = "/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  equal(find(computer([chrome], { os: "darwin", env: { HOME: "/Users/me" } })), chrome);
  const edge = "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe";
  const windows = { os: "windows", env: { "ProgramFiles(x86)": "C:/Program Files (x86)" } } as const;
  equal(find(computer([edge], windows)), edge);
});
