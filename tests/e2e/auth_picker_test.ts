// deno-lint-ignore-file no-control-regex -- what a terminal is sent
import { equal, match, notEqual, ok } from "node:assert/strict";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { fromFileUrl } from "../support/machine/paths.ts";
import { type ShellSession, startShell } from "../support/terminal/shell_session.ts";

const KEYS = { down: "\x1b[B", enter: "\r", esc: "\x1b", ctrlC: "\x03" };
// The shell, too, is sent what Ctrl-C sends; it is to go on.
const TERMINAL = "trap : INT; stty cols 80 rows 24; stty -a > before; ";
const AFTER = "; echo ended $?; stty -a > after; echo done";

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}

/** Runs a command line on a terminal of 80 by 24, and notes how the terminal was before and is afterwards. */
function onScreen(world: LoginWorld, line: string, env: Readonly<Record<string, string>> = {}): ShellSession {
  return startShell({
    line: `${TERMINAL}${line}${AFTER}`,
    env: { ...runtimeEnv(), SHELL: "/bin/sh", ...world.env({ ...NOBODY, ...env }) },
    cwd: world.home.at("repo"),
  });
}

function atmos(...args: readonly string[]): string {
  return quoted([...atmosWords(), ...args]);
}

async function assertRestored(session: ShellSession, world: LoginWorld): Promise<void> {
  await session.until(/done/);
  const before = world.home.read("repo/before")!;
  match(before, / icanon .* echo /s);
  equal(world.home.read("repo/after"), before);
}

function screenTest(name: string, body: (world: LoginWorld) => Promise<void>, options: object = {}): void {
  Deno.test(name, async () => {
    if (!hasProgram("script", name)) return;
    await using world = await loginWorld(options);
    await body(world);
  });
}

const MANY = CONFIG + Array.from({ length: 500 }, (_, at) => `    role-${at}: {kind: aws/ambient}\n`).join("");

screenTest("picker: -i opens it, typing filters it, Enter logs in as what is marked", async (world) => {
  await using session = onScreen(world, atmos("auth", "login", "-i"));
  const opened = await session.until(/Type to filter: /);
  match(opened, /Which identity\?.*\r\n.*> Dev +123456789012, default, Admin.*\r\n {2}ci +123456789012, deployer\r\n/);
  match(opened, /1 of 505;/);
  await session.type("DEP");
  match(await session.until(/Type to filter: DEP/), /> deploy +123456789012, deployer.*1 of 3 \(of 505\)/s);
  await session.type("\x15ci");
  await session.until(/Type to filter: ci/);
  await session.type("\x15dev");
  await session.until(/Type to filter: dev/);
  await session.type(KEYS.enter);
  match(await session.until(/ended \d+/), /Which identity\? .*Dev.*✓.* Logged in as Dev\r\n.*ended 0/s);
  await assertRestored(session, world);
  equal(world.aws.count("GetRoleCredentials"), 1);
}, { config: MANY });

screenTest("picker: stdout has the data alone, so that a shell can evaluate it", async (world) => {
  await using session = onScreen(world, `${atmos("auth", "env", "--login", "-i")} > data`);
  await session.until(/Type to filter: /);
  await session.type(KEYS.enter);
  match(await session.until(/ended \d+/), /ended 0/);
  const data = world.home.read("repo/data")!;
  match(data, /^export AWS_PROFILE=dev;$/m);
  ok(data.trimEnd().split("\n").every((line) => line.startsWith("export ")), data);
});

for (
  const [name, keys, says] of [
    ["Ctrl-C", KEYS.ctrlC, /^(?![^]*Error:)[^]*Interrupted\r\nended 130/],
    ["Esc", KEYS.esc, /^(?![^]*Error:)[^]*Cancelled: no identity selected\r\nended 130/],
    ["Ctrl-D", "\x04", /^(?![^]*Error:)[^]*Cancelled: no identity selected\r\nended 130/],
  ] as const
) {
  screenTest(`picker: ${name} is exit 130, and the terminal is as before`, async (world) => {
    await using session = onScreen(world, atmos("auth", "login", "-i"));
    await session.until(/Type to filter: /);
    await session.type(`x${keys}`);
    // Ctrl-D after a text is no end: it takes nothing away.
    if (name === "Ctrl-D") await session.type("\x15\x04");
    match(await session.until(/ended \d+/), says);
    await assertRestored(session, world);
    equal(world.aws.calls.length, 0);
  });
}

screenTest("picker: SIGTERM leaves the terminal as before", async (world) => {
  await using session = onScreen(world, `sh -c 'echo pid $$; exec "$@"' sh ${atmos("auth", "login", "-i")}`);
  const pid = Number(/pid (\d+)/.exec(await session.until(/pid \d+\r/))![1]);
  await session.until(/Type to filter: /);
  Deno.kill(pid, "SIGTERM");
  match(await session.until(/ended \d+/), /ended 143/);
  await assertRestored(session, world);
});

screenTest("picker: NO_COLOR and --no-color take the colours away, not the keys", async (world) => {
  for (const [flags, env] of [[["--no-color"], {}], [[], { NO_COLOR: "1" }]] as const) {
    await using session = onScreen(world, atmos(...flags, "auth", "login", "-i", "--force"), env);
    const shown = await session.until(/Type to filter: /);
    equal(/\x1b\[\d*m/.test(shown), false, shown);
    await session.type(KEYS.enter);
    const more = await session.until(/ended \d+/);
    match(more, /Waiting for you to approve it …\r\n.*ended 0/s);
    await session.until(/done/);
    world.aws.logins.revoke();
  }
});

screenTest("picker: on a terminal of lines a number or a name; Ctrl-C there is exit 130, too", async (world) => {
  const dumb = { TERM: "dumb" };
  await using session = onScreen(world, atmos("auth", "login", "-i"), dumb);
  const shown = await session.until(/Number or name: /);
  match(shown, /Which identity\?\r\n {2}1 {2}Dev \(123456789012, default, Admin\)\r\n/);
  await session.type(KEYS.ctrlC);
  match(await session.until(/ended \d+/), /ended 130/);
  await assertRestored(session, world);
  await using other = onScreen(world, atmos("auth", "login", "-i"), dumb);
  await other.until(/Number or name: /);
  await other.type("1\r");
  const rest = await other.until(/ended \d+/);
  match(rest, /\r\n {4}https:\S+\r\n.*Waiting for you to approve it …\r\n.*ended 0/s);
  equal(rest.includes("\x1b"), false, rest);
});

screenTest("logout: -i opens the picker, too", async (world) => {
  await using session = onScreen(world, atmos("auth", "logout", "-i", "--dry-run"));
  await session.until(/Type to filter: /);
  await session.type(KEYS.down + KEYS.enter);
  match(await session.until(/ended \d+/), /Which identity\? .*ci.*Nothing to remove.*ended 0/s);
});

screenTest(
  "device flow: the code in a box, the address unbroken, a moving line until it is approved",
  async (world) => {
    await using session = onScreen(world, atmos("auth", "login"));
    const box = await session.until(/user_code=WXYZ-1234\S*\r\n/);
    match(box, /╭─ Log in to AWS ─+╮\r\n.*Open the page below.*\r\n│ Compare the code: .*WXYZ-1234/);
    match(
      box,
      /Only approve if you started this login yourself\. +│\r\n╰─+╯\r\n\S*https:\/\/device\.sso\.\S+WXYZ-1234\S*\r\n$/,
    );
    await session.until(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Waiting for you to approve it/);
    const rest = await session.until(/ended \d+/);
    // What comes after it has erased it.
    match(rest, /\r\x1b\[K[^⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]*✓.* Logged in as Dev\r\n.*ended 0/s);
    notEqual(rest.includes("\x1b[?25l"), true);
  },
  { sso: { device: ["pending"] } },
);

screenTest("device flow: Ctrl-C takes the moving line away", async (world) => {
  await using session = onScreen(world, atmos("auth", "login"));
  await session.until(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Waiting for you to approve it/);
  await session.type(KEYS.ctrlC);
  match(await session.until(/ended \d+/), /\r\x1b\[K\S*ended 130$/);
  await assertRestored(session, world);
}, { sso: { device: Array(60).fill("pending") } });

screenTest("device flow: without a terminal no box, no moving line, no escape", async (world) => {
  const { status, stderr } = await world.run(["auth", "login"], { TERM: "xterm" });
  equal(status, 0);
  match(
    stderr,
    /^Log in to AWS\n {2}Open this page .*\n {4}https:\S+\n.*WXYZ-1234\n.*Only approve.*\nWaiting for .* …\n/,
  );
  equal(/\x1b|\r|╭|⠋/.test(stderr), false, stderr);
}, { sso: { device: ["pending"] } });

screenTest(
  "hidden answer: not on the screen; a pasted line is taken as it is; Ctrl-C restores the terminal",
  async (world) => {
    const main = fromFileUrl(new URL("../support/terminal/ask_hidden_main.ts", import.meta.url));
    const config = fromFileUrl(new URL("../../deno.json", import.meta.url));
    const line = quoted([Deno.execPath(), "run", "--quiet", "--no-prompt", `--config=${config}`, main]);
    await using session = onScreen(world, `${line} > data`);
    await session.until(/Password: /);
    await session.type(" corréct hörse\x7f\x7f\r");
    const shown = await session.until(/ended \d+/);
    match(shown, /^\r\nended 0/);
    equal(world.home.read("repo/data"), " corréct hör");
    await assertRestored(session, world);
    await using other = onScreen(world, `${line} > data`);
    await other.until(/Password: /);
    await other.type(`x${KEYS.ctrlC}`);
    match(await other.until(/ended \d+/), /^\r\ninterrupted\r\nended 130/);
    await assertRestored(other, world);
  },
);

for (const ahead of ["\r", "ci\r", "\r\r\r"]) {
  screenTest(
    `picker: ${JSON.stringify(ahead)} that was typed before the list stood there chooses none`,
    async (world) => {
      // The shell starts the program once its first line has been read; the rest is there by then.
      await using session = onScreen(world, `sleep 0.5; ${atmos("auth", "login", "-i")}`);
      await session.type(ahead);
      match(await session.until(/Type to filter: /), /1 of 5;/);
      await session.type("dev");
      await session.until(/Type to filter: dev/);
      await session.type(KEYS.enter);
      match(await session.until(/ended \d+/), /Which identity\? .*Dev.*✓.* Logged in as Dev\r\n.*ended 0/s);
    },
  );
}
