import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fakeBrowser } from "../support/browser/fake_browser.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { loginWorld } from "../support/runs/login_run.ts";

const USER = `auth:
  realm: test
  keyring: {type: memory}
  identities:
    Me: {kind: aws/user, default: true, credentials: {region: us-east-2}}
`;

const LOGINS = [
  { name: "by redirect", args: [], world: {}, secret: /[?&]state=/ },
  { name: "by device code", args: ["--device-code"], world: {}, secret: /[?&]user_code=/ },
  { name: "of a user", args: [], world: { config: USER }, secret: /[?&]state=/ },
];

for (const { name, args, world: options, secret } of LOGINS) {
  Deno.test(`login page: a login ${name} shows other users no address with its secret`, async () => {
    if (!hasProgram("curl", name)) return;
    await using world = await loginWorld(options);
    const browser = fakeBrowser(world);
    const { status, stderr } = await world.run(["auth", "login", ...args], browser.env);
    equal(status, 0, stderr);
    const [link = "", ...more] = browser.opened();
    match(link, secret);
    deepEqual(more, []);
    ok(stderr.includes(link), "the address is printed, to be opened by hand");
    const page = new URL(browser.started()[0]!);
    deepEqual([page.protocol, page.search, page.hash], ["file:", "", ""]);
    const mode = (path: string) => Deno.statSync(path).mode! & 0o777;
    deepEqual([mode(page.pathname), mode(page.pathname.replace(/\/[^/]*$/, ""))], [0o600, 0o700]);
  });
}

Deno.test("login page: where no private page can be made, the address is printed and no browser is started", async () => {
  await using world = await loginWorld();
  const browser = fakeBrowser(world);
  Deno.mkdirSync(world.home.at(".cache/atmos"), { recursive: true });
  Deno.symlinkSync("/tmp", world.home.at(".cache/atmos/links"));
  const { status, stderr } = await world.run(["auth", "login", "--device-code"], browser.env);
  equal(status, 0, stderr);
  match(stderr, /Open this page in a browser, on any machine:\n.*user_code=/);
  deepEqual(browser.started(), []);
});
