import { deepEqual, equal, match } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { startShell } from "../support/terminal/shell_session.ts";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";

const SHELL = ["auth", "shell"];

Deno.test("auth shell: the shell's arguments, its level, its status and a word at both ends", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const args = [...SHELL, "--shell", "sh", "--", "-c", "echo $ATMOS_SHLVL $ATMOS_IDENTITY $AWS_PROFILE; exit 4"];
  const { status, stdout, stderr } = await world.run(args, { ...NOBODY, ATMOS_SHLVL: "1" });
  deepEqual({ status, stdout }, { status: 4, stdout: "2 Dev dev\n" });
  match(
    stderr,
    /^→ Entering Atmos shell with identity: Dev \(sso\), account 123456789012, expires in \d+[hm].* \(\d\d:\d\d [+-]\d\d:\d\d\)\. Type 'exit' to leave it\.\n← Exited Atmos shell for identity: Dev \(sso\)\n$/,
  );
});

Deno.test("auth shell: ATMOS_SHELL before SHELL; a login shell unless arguments are given", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const tell = world.home.write("tell", '#!/bin/sh\necho "$(basename "$0") $*"\n', 0o755);
  equal((await world.run(SHELL, { ...NOBODY, SHELL: tell })).stdout, "tell -l\n");
  equal((await world.run(SHELL, { ...NOBODY, SHELL: "/none", ATMOS_SHELL: tell })).stdout, "tell -l\n");
  equal((await world.run([...SHELL, "--", "-i", "x"], { ...NOBODY, SHELL: tell })).stdout, "tell -i x\n");
  const none = await world.run([...SHELL, "--shell=/none"], NOBODY);
  equal(none.status, 127);
  match(none.stderr, /\nError: Cannot run "\/none": there is no such file\n/);
});

Deno.test("auth shell: on a terminal it is interactive, and Ctrl-C ends neither it nor us", async () => {
  if (!hasProgram("bash", "auth shell: interactive") || !hasProgram("script", "auth shell: interactive")) return;
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const line = [...atmosWords(), ...SHELL, "--shell", "bash", "--", "--norc", "-i"].map((word) => `'${word}'`).join(
    " ",
  );
  const env = { ...runtimeEnv(), ...world.env({ ...NOBODY, PS1: "$ ", SHELL: "/bin/sh" }) };
  await using shell = startShell({ line: `${line}; echo ended $?`, env, cwd: world.home.at("repo") });
  await shell.until(/\$ $/m);
  await shell.type("sh -c 'echo started; exec sleep 600'\r");
  await shell.until(/^started\r/m);
  await shell.type("\x03");
  await shell.until(/\$ $/m);
  await shell.type('echo "still $AWS_PROFILE"\r');
  await shell.until(/still dev/);
  await shell.type("exit 7\r");
  await shell.until(/Exited Atmos shell/);
  await shell.until(/ended 7/);
});
