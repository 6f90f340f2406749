import { deepEqual, equal, rejects } from "node:assert/strict";
import { logIn } from "../../../../src/auth/saml/browser_driver.ts";
import type { AwsSaml } from "../../../../src/auth/kinds/providers/aws_saml/schema.ts";
import type { Named } from "../../../../src/config/schema/entry.ts";
import type { Browsed } from "../../../../src/host/browse_port.ts";
import { type LoginPlace, loginPlace, type Person, recordedUi } from "../login/login_place.ts";

const PROVIDER: AwsSaml & Named = {
  ...{
    name: "corp",
    place: { file: "atmos.yaml", line: 1, column: 1 },
    powers: [],
    kind: "aws/saml",
    url: "https://idp.com/a?x=1",
  },
  ...{ region: "us-east-1", isDefault: false, tags: [], driver: "browser", browserProfile: "~/profile" },
  ...{ autoProvisionIdentities: false, consoleSessionMs: undefined, endpointUrl: undefined, filesBasePath: undefined },
  ...{ username: undefined, password: undefined, assertionFile: undefined, sessionMs: undefined },
  ...{ browserType: undefined, browserExecutablePath: "/opt/chrome" },
};

interface Case extends Person {
  readonly browsed?: Browsed;
  readonly env?: Readonly<Record<string, string>>;
}

function start(
  { browsed, env = { DISPLAY: ":0" }, ...person }: Case,
): LoginPlace & { readonly logIn: () => Promise<unknown> } {
  const place = loginPlace({ env: { HOME: "/h", ...env }, ...(browsed ? { browsed } : {}) });
  place.files.put("/opt/chrome", "", { mode: 0o755 });
  const host = { ...place.host, read: place.files.reader, write: place.files.writer };
  return { ...place, logIn: () => logIn(host, { provider: PROVIDER, ui: recordedUi(person) }) };
}

Deno.test("browser driver: the response that the page posts; AWS's hosts are out of the browser's reach", async () => {
  const body = "RelayState=&SAMLResponse=a%2Bb%3D";
  const { host } = loginPlace({ env: { HOME: "/h", DISPLAY: ":0" }, browsed: { kind: "taken", url: "x", body } });
  const place = loginPlace();
  place.files.put("/opt/chrome", "", { mode: 0o755 });
  const shown: string[] = [];
  const ui = { ...recordedUi(), during: <T>(line: string, work: () => Promise<T>) => (shown.push(line), work()) };
  const secret = await logIn({ ...host, read: place.files.reader }, { provider: PROVIDER, ui });
  equal(secret.reveal(), "a+b=");
  const [input] = host.seen.browsed;
  deepEqual([input?.executable, input?.url, input?.profile, input?.headless], [
    ...["/opt/chrome", "https://idp.com/a?x=1", "/h/profile", false],
  ]);
  equal(input?.take.includes("https://signin.aws.amazon.com/saml*"), true);
  equal(input?.unreachable.includes("*.signin.amazonaws.cn"), true);
  deepEqual(shown, ["Waiting for a login at idp.com in the browser window that opens"]);
});

const refusals: readonly (readonly [Case, string, RegExp])[] = [
  [{ browsed: { kind: "closed" } }, "login-denied", /the browser was closed/],
  [{ browsed: { kind: "timeout" } }, "login-timeout", /the login took longer than 10 minutes/],
  [{ browsed: { kind: "failed", found: "it is tired" } }, "login-denied", /the browser: it is tired/],
  [{ browsed: { kind: "taken", url: "x", body: "a=1" } }, "login-denied", /without a SAML response/],
  [{ interactive: false }, "login-needed", /there is no terminal to log in from/],
  [{ env: {} }, "login-needed", /no screen/],
];

for (const [given, code, message] of refusals) {
  Deno.test(`browser driver: ${message.source}: ${code}`, async () => {
    await rejects(start(given).logIn(), { code, message });
  });
}
