import { deepEqual, equal, match } from "node:assert/strict";
import { type Opener, openerHere, openPage } from "../../../../src/cli/login/open_browser.ts";
import type { Host } from "../../../../src/host/host.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

interface Machine {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly os?: Host["sys"]["os"];
}

function opener({ env = {}, files = [], os = "linux" }: Machine): Opener | undefined {
  const memory = new MemoryFiles();
  for (const path of files) memory.put(path, "");
  const disk = { read: memory.reader, write: memory.writer };
  return openerHere(fakeHost({ env: { PATH: "/nowhere:/usr/bin", ...env }, files: disk, os }));
}

const XDG = ["/usr/bin/xdg-open"];
const SCREEN = { DISPLAY: ":0" };

Deno.test("opener: a desktop's own, where the program is on PATH", () => {
  deepEqual(opener({ env: SCREEN, files: XDG }), ["xdg-open"]);
  deepEqual(opener({ env: { WAYLAND_DISPLAY: "wayland-0" }, files: XDG }), ["xdg-open"]);
  equal(opener({ env: SCREEN }), undefined);
  equal(opener({ files: XDG }), undefined);
  equal(opener({ env: { DISPLAY: "" }, files: XDG }), undefined);
});

Deno.test("opener: WSL's way to the browser of Windows comes first", () => {
  const env = { WSL_DISTRO_NAME: "Debian" };
  deepEqual(opener({ env, files: [...XDG, "/usr/bin/wslview"] }), ["wslview"]);
  equal(opener({ env }), undefined);
});

Deno.test("openPage: a browser that may read the user's pages gets one, one that may not the link itself", () => {
  const link = "https://device.sso.us-east-2.amazonaws.com/?user_code=WXYZ-1234";
  const given = (files: readonly string[], env: Readonly<Record<string, string>> = SCREEN) => {
    const memory = new MemoryFiles();
    for (const path of files) memory.put(path, "");
    const asked: (string | undefined)[] = [];
    const fake = fakeHost({
      env: { HOME: "/home/me", PATH: "/usr/bin", ...env },
      files: { read: memory.reader, write: memory.writer },
    });
    const run = {
      ...fake.run,
      capture: ({ args }: { readonly args: readonly string[] }) => {
        asked.push(args.at(-1));
        return Promise.reject(new Error("not started"));
      },
    };
    equal(openPage({ ...fake, run }, link), true);
    return asked.at(-1);
  };
  match(given(XDG)!, /^file:\/\/\/home\/me\/\.cache\/atmos\/links\/[0-9a-f]{32}\.html$/);
  equal(given([...XDG, "/snap/bin/firefox"]), link);
  equal(given([...XDG, "/usr/bin/wslview"], { WSL_DISTRO_NAME: "Debian" }), link);
});

Deno.test("opener: macOS and Windows bring theirs", () => {
  deepEqual(opener({ os: "darwin" }), ["open"]);
  deepEqual(opener({ os: "windows" }), ["rundll32", "url.dll,FileProtocolHandler"]);
  equal(opener({ os: "darwin", env: { SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" } }), undefined);
});

for (
  const env of [
    { SSH_CONNECTION: "10.0.0.1 50000 10.0.0.2 22" },
    { SSH_CLIENT: "10.0.0.1 50000 22" },
    { SSH_TTY: "/dev/pts/1" },
    { container: "podman" },
    { KUBERNETES_SERVICE_HOST: "10.0.0.1" },
    { CODESPACES: "true" },
    { REMOTE_CONTAINERS: "true" },
    { GITPOD_WORKSPACE_ID: "x" },
    { AWS_EXECUTION_ENV: "CloudShell" },
    { CI: "true" },
  ]
) {
  Deno.test(`opener: nobody's screen is here with ${Object.keys(env)}, unless that is said`, () => {
    const there = { ...SCREEN, ...env };
    equal(opener({ env: there, files: XDG }), undefined);
    deepEqual(opener({ env: { ...there, ATMOS_AUTH_DEVICE_CODE: "false" }, files: XDG }), ["xdg-open"]);
  });
}

for (const path of ["/.dockerenv", "/run/.containerenv"]) {
  Deno.test(`opener: ${path} is a container`, () => {
    equal(opener({ env: SCREEN, files: [...XDG, path] }), undefined);
    equal(opener({ env: { ...SCREEN, ATMOS_AUTH_DEVICE_CODE: "true" }, files: XDG }), undefined);
  });
}
