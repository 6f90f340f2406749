import { equal, match, ok } from "node:assert/strict";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { clusterOf, DEV, type InitWorld, initWorld, PROD } from "../support/runs/init_run.ts";
import { type ShellSession, startShell } from "../support/terminal/shell_session.ts";

const KEYS = { enter: "\r", tab: "\t", ctrlA: "\x01", ctrlC: "\x03", ctrlR: "\x12", esc: "\x1b", down: "\x1b[B" };

function screenTest(name: string, body: (world: InitWorld) => Promise<void>): void {
  Deno.test(`auth init at a terminal: ${name}`, async () => {
    if (!hasProgram("script", name)) return;
    await using world = await initWorld();
    await body(world);
  });
}

/** On a terminal of 80 by 24; what the exit status is stands there at the end. */
function onScreen(world: InitWorld, ...args: readonly string[]): ShellSession {
  const line = [...atmosWords(), "auth", "init", ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  return startShell({
    line: `trap : INT; stty cols 80 rows 24; ${line}; echo ended $?`,
    env: { ...runtimeEnv(), SHELL: "/bin/sh", ...world.env({ ATMOS_FORCE_TTY: "" }) },
    cwd: world.home.at("repo"),
  });
}

/** The questions in their order, what each shows, and the keys that answer it. */
const DIALOGUE: readonly (readonly [shown: RegExp, keys: string])[] = [
  [/Start URL \(such as \S+\): /, `corp${KEYS.enter}`],
  [/Region of IAM Identity Center \[us-east-1\]: /, KEYS.enter],
  [/Which accounts and roles\?.*> \[ \] dev\/AdministratorAccess +111122223333 Dev.*Type to filter: /s, KEYS.ctrlR],
  [/\[x\] prod\/AdministratorAccess.*2 of 5 checked.*Type to filter: /s, KEYS.enter],
  [/Which regions to search for clusters\?.*\[x\] us-east-2 +2 clusters.*Type to filter: /s, KEYS.enter],
  [/Which EKS clusters\?.*\[x\] tools +eu-central-1 .*3 of 3 checked.*Type to filter: /s, KEYS.enter],
  [/Which context names.*> \{cluster\} +tools, dev-cluster, prod-cluster.*Type to filter: /s, KEYS.enter],
  [
    /\+ {4}dev\/AdministratorAccess:.*2 identities and 3 clusters to add\r\nWrite \S+\/repo\/atmos\.yaml\? \[y\/N\] /s,
    `y${KEYS.enter}`,
  ],
];

async function answer(session: ShellSession, upTo: number): Promise<void> {
  for (const [shown, keys] of DIALOGUE.slice(0, upTo)) {
    await session.until(shown);
    await session.type(keys);
  }
}

screenTest("from a start URL to contexts, by keys", async (world) => {
  await using session = onScreen(world);
  await answer(session, DIALOGUE.length);
  const end = await session.until(/ended \d+/);
  match(
    end,
    /✓ Wrote \S+: 2 identities and 3 clusters added.*Next:\r\n {2}kubectl --context tools get pods\r\n.*ended 0/s,
  );
  match(world.home.read(".kube/config")!, /current-context: tools/);
  equal((await world.run(["auth", "validate"])).status, 0);
});

for (let at = 0; at < DIALOGUE.length; at++) {
  const [shown] = DIALOGUE[at]!;
  screenTest(`Ctrl-C at question ${at + 1} leaves nothing: ${shown.source.slice(0, 24)}`, async (world) => {
    await using session = onScreen(world);
    await answer(session, at);
    await session.until(shown);
    await session.type(KEYS.ctrlC);
    match(await session.until(/ended \d+/), /ended 130/);
    const left = world.home.files().filter((path) => /^(?:repo|\.kube|\.atmos)\//.test(path));
    equal(left.join(), "");
  });
}

screenTest("anything but a yes writes nothing", async (world) => {
  await using session = onScreen(world);
  await answer(session, DIALOGUE.length - 1);
  await session.until(/\[y\/N\] /);
  await session.type(KEYS.enter);
  match(await session.until(/ended \d+/), /Cancelled: nothing was written\r\nended 130/);
  equal(world.home.read("repo/atmos.yaml"), undefined);
});

screenTest("again: new ones are proposed, Esc is none of them, and what is gone is asked for", async (world) => {
  const first = await world.run([
    "auth",
    "init",
    "--start-url",
    "corp",
    "--region",
    "us-east-1",
    "--account",
    DEV,
    "--yes",
  ]);
  equal(first.status, 0, first.stderr);
  world.aws.clusters.splice(world.aws.clusters.findIndex(({ name }) => name === "tools"), 1);
  world.aws.clusters.push(clusterOf(DEV, "blue"), clusterOf(PROD, "not-mine"));
  await using session = onScreen(world);
  match(
    await session.until(/Type to filter: /),
    /Which new accounts and roles\?.*log-archive\/ReadOnly.*prod\/ReadOnly/s,
  );
  await session.type(KEYS.esc);
  match(await session.until(/Type to filter: /), /Which EKS clusters\?.*\[x\] blue /s);
  await session.type(KEYS.enter);
  await session.until(/Type to filter: /);
  await session.type(KEYS.enter);
  match(await session.until(/\[y\/N\] /), /Gone: dev\/tools\. Remove from atmos\.yaml\?/);
  await session.type(`y${KEYS.enter}`);
  const diff = await session.until(/Write \S+ \[y\/N\] /);
  match(diff, /\r\n-\s+dev\/tools:/);
  await session.type(`y${KEYS.enter}`);
  match(await session.until(/ended \d+/), /no identities and 1 cluster added, 1 removed.*ended 0/s);
  const text = world.home.read("repo/atmos.yaml")!;
  ok(!text.includes("dev/tools") && text.includes("dev/blue"), text);
});
