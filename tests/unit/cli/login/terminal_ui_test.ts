import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { hasInteractiveTerminal, terminalUi } from "../../../../src/cli/login/terminal_ui.ts";
import type { Globals } from "../../../../src/cli/args/global_flags.ts";
import { Secret } from "../../../../src/secret.ts";
import { fakeHost, type FakeHostOptions } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const PLAIN = { "logs-level": undefined, "no-color": false } as unknown as Globals;
const AUTHORIZATION = {
  deviceCode: new Secret("hush"),
  userCode: "WXYZ-1234",
  verificationUri: "https://x/",
  verificationUriComplete: "https://x/?user_code=WXYZ-1234",
  expiresAt: 0,
  intervalMs: 1000,
};

interface How {
  readonly globals?: Globals;
  readonly deviceCode?: boolean;
}

function ui(options: FakeHostOptions = {}, { globals = PLAIN, ...how }: How = {}) {
  const files = new MemoryFiles();
  files.put("/bin/xdg-open", "");
  const host = fakeHost({ files: { read: files.reader, write: files.writer }, ...options });
  return { host, ui: terminalUi(host, { globals, ...how }) };
}

const DESKTOP = { PATH: "/bin", DISPLAY: ":0", HOME: "/home/me" };
/** Of the program that removes the page later, and of the browser. */
const STARTED = [{ status: 0, stdout: "", stderr: "" }, { status: 0, stdout: "", stderr: "" }];
const PAGE = /^file:\/\/\/home\/me\/\.cache\/atmos\/links\/[0-9a-f]{32}\.html$/;

/** What browsers were started with. */
function browsers({ seen }: ReturnType<typeof fakeHost>): readonly string[][] {
  return seen.runs.map(({ command, args }) => [command, ...args]).filter(([command]) => command !== "/bin/sh");
}

Deno.test("terminal UI: somebody is there on a terminal that is no pipeline's, or when it is forced", () => {
  const there = (env: Record<string, string>, stderr: boolean) =>
    hasInteractiveTerminal(fakeHost({ env, tty: { stderr } }));
  deepEqual([there({}, true), there({}, false), there({ CI: "true" }, true), there({ CI: "false" }, true)], [
    true,
    false,
    false,
    true,
  ]);
  equal(there({ ATMOS_FORCE_TTY: "1", CI: "true" }, false), true);
});

Deno.test("terminal UI: the page and the code, and no secret; the browser opens it where there is a screen", () => {
  const shown = (env: Record<string, string>) => {
    const { host, ui: one } = ui({ env, run: STARTED });
    one.showDevice(AUTHORIZATION);
    equal(host.seen.err.includes("hush"), false);
    return [
      host.seen.err.split("\n")[1]?.trim(),
      browsers(host).map(([command, ...args]) => [command, ...args.map((arg) => PAGE.test(arg))]),
    ];
  };
  deepEqual(shown({}), ["Open this page in a browser, on any machine:", []]);
  deepEqual(shown(DESKTOP), ["Your browser opens this page:", [["xdg-open", true]]]);
  deepEqual(shown({ ...DESKTOP, HOME: "" }), ["Open this page in a browser, on any machine:", []]);
  deepEqual(shown({ ...DESKTOP, SSH_TTY: "/dev/pts/1" })[1], []);
  deepEqual(shown({ ...DESKTOP, CI: "1" })[1], []);
});

Deno.test("terminal UI: the page that the browser comes back from, for a person to open by hand as well", () => {
  const url = "https://oidc.us-east-2.amazonaws.com/authorize?state=s1&x=\x1b[2J";
  const { host, ui: one } = ui({ env: DESKTOP, run: STARTED });
  one.showPage(url);
  match(browsers(host).join(), /^xdg-open,file:[^?]*$/);
  const shown = (opens: string) =>
    [
      "Log in to AWS",
      `  ${opens}`,
      "    https://oidc.us-east-2.amazonaws.com/authorize?state=s1&x=\\x1b[2J",
      "  Sign in there and allow access to atmos-auth; the browser then returns here automatically.",
      "  No browser on this machine? Press Ctrl-C and do the same with --device-code.",
      "  Only approve if you started this login yourself.\n",
    ].join("\n");
  equal(host.seen.err, shown("Your browser opens this page:"));
  const alone = ui({ env: { ATMOS_AUTH_DEVICE_CODE: "no" } });
  alone.ui.showPage(url);
  equal(alone.host.seen.err, shown("Open this page in a browser on this machine:"));
});

Deno.test("terminal UI: where the page asks for no consent, no one is told to allow something", () => {
  const { host, ui: one } = ui({ env: {} });
  one.showPage("https://us-east-2.signin.aws.amazon.com/authorize", { hasNoConsent: true });
  equal(/allow access/.test(host.seen.err), false);
  match(host.seen.err, /^ {2}Sign in there; the browser then returns here automatically\.$/m);
});

Deno.test("terminal UI: the browser is here when there is one, unless a code is asked for; or when that is said", () => {
  const here = (env: Record<string, string>, how: How = {}) => ui({ env }, how).ui.browserIsHere();
  deepEqual([here(DESKTOP), here({})], [true, false]);
  equal(here(DESKTOP, { deviceCode: true }), false);
  equal(here({ ...DESKTOP, ATMOS_AUTH_DEVICE_CODE: "yes" }), false);
  equal(here({ ATMOS_AUTH_DEVICE_CODE: "false" }), true);
  equal(here({ ATMOS_AUTH_DEVICE_CODE: "false" }, { deviceCode: true }), false);
  throws(() => here({ ATMOS_AUTH_DEVICE_CODE: "soon" }), { code: "usage" });
});

Deno.test("terminal UI: a browser that cannot be started does not matter, and each system has its own", async () => {
  const opened = (os: "darwin" | "windows" | "other") => {
    const env = { HOME: "/home/me", USERPROFILE: "/home/me" };
    const { host, ui: one } = ui({ os, env, run: STARTED });
    one.showDevice(AUTHORIZATION);
    return browsers(host).map(([command]) => command).join();
  };
  deepEqual([opened("darwin"), opened("windows"), opened("other")], ["open", "rundll32", ""]);
  const { host } = ui({ os: "darwin", env: { HOME: "/home/me" } });
  const run = { ...host.run, capture: () => Promise.reject(new Error("no")) };
  terminalUi({ ...host, run }, { globals: PLAIN }).showDevice(AUTHORIZATION);
  await Promise.resolve();
});

Deno.test("terminal UI: warnings have two lines, and none with --logs-level error", () => {
  const problem = { message: "Cannot x\x1b[2J", hint: "Do y." };
  const loud = ui();
  loud.ui.warn(problem);
  match(loud.host.seen.err, /^Warning: Cannot x.*\nHint: Do y\.\n$/);
  equal(loud.host.seen.err.includes("\x1b"), false);
  const quiet = ui({}, { globals: { ...PLAIN, "logs-level": "error" } });
  quiet.ui.warn(problem);
  quiet.ui.say("working");
  equal(quiet.host.seen.err, "working\n");
});

Deno.test("terminal UI: one of several is chosen by number or name", async () => {
  const among = [{ name: "a", note: "x" }, { name: "B", note: "y" }];
  const choose = (options: FakeHostOptions) => ui(options).ui.choose({ question: "Which?", among });
  equal(await choose({ tty: { stdin: true }, lines: ["2"] }), "B");
  equal(await choose({ tty: { stdin: true }, lines: [" b "] }), "B");
  equal(await choose({ tty: { stdin: true, stderr: true }, env: { TERM: "xterm" }, keys: ["b", "\r"] }), "B");
  await rejects(choose({ tty: { stdin: true }, lines: ["3"] }), { code: "usage" });
  equal(await choose({ tty: { stdin: true }, lines: [""] }), undefined);
  equal(await choose({ lines: ["1"] }), undefined);
});

Deno.test("terminal UI: an answer comes from a terminal only", async () => {
  const ask = async (options: FakeHostOptions) => (await ui(options).ui.ask({ text: "Code", hidden: false }))?.reveal();
  equal(await ask({ tty: { stdin: true }, lines: [" 123456 "] }), "123456");
  equal(await ask({ tty: { stdin: true }, lines: [""] }), undefined);
  equal(await ask({ tty: { stdin: true } }), undefined);
  equal(await ask({ lines: ["123456"] }), undefined);
});

Deno.test("terminal UI: a hidden answer is taken key by key, with its spaces", async () => {
  const ask = async (options: FakeHostOptions) =>
    (await ui(options).ui.ask({ text: "Password", hidden: true }))?.reveal();
  equal(await ask({ tty: { stdin: true }, keys: [" ", "x", "\r"] }), " x");
  equal(await ask({ keys: ["x", "\r"] }), undefined);
});

Deno.test("terminal UI: what is waited for is a moving line, or one that is said", async () => {
  const wait = async (options: FakeHostOptions) => {
    const { host, ui: one } = ui(options);
    equal(await one.during("Waiting", () => Promise.resolve(7)), 7);
    return [host.seen.spins, host.seen.err];
  };
  deepEqual(await wait({ tty: { stderr: true }, env: { TERM: "xterm" } }), [["Waiting", ""], ""]);
  deepEqual(await wait({}), [[], "Waiting …\n"]);
});

Deno.test("terminal UI: the code is in a box on a terminal", () => {
  const { host, ui: one } = ui({ tty: { stderr: true }, env: { TERM: "xterm", NO_COLOR: "1" } });
  one.showDevice(AUTHORIZATION);
  match(host.seen.err, /^╭─ Log in to AWS ─+╮\n.*\n│ Compare the code: {2}WXYZ-1234 +│\n[^╯]*╯\nhttps:\/\/x\/\?\S+\n$/);
});
