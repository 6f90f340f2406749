import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { runAtmos, type RunOutcome } from "../support/atmos/run_atmos.ts";
import { NOBODY } from "../support/runs/login_run.ts";
import { ONE, type Trees, trees, TWO } from "../support/runs/two_trees.ts";

type Variables = Readonly<Record<string, string>>;

/** What a shell has that has evaluated `auth env` in the user's own repository, where `admin` is of another account. */
async function openShell(here: Trees, env: Variables = {}): Promise<Variables> {
  const run = await here.run(["auth", "env", "--format", "json"], { ...NOBODY, ...env });
  equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

const WHO = ["auth", "whoami", "--output", "json"];
const account = ({ stdout }: RunOutcome): string => JSON.parse(stdout).account;

Deno.test("variables of one repository's identity: another one has none of that name for them, unless it is typed", async () => {
  await using here = await trees({ account: ONE }, { account: TWO });
  const shell = await openShell(here);
  const location = Deno.realPathSync(here.home.at("repo"));
  deepEqual([shell["ATMOS_IDENTITY"], shell["ATMOS_IDENTITY_CONFIG"]], ["admin", location]);
  const { status, stdout, stderr } = await here.inClone(WHO, shell);
  deepEqual([status, stdout], [3, ""], stderr);
  match(
    stderr,
    /^Error: Cannot use identity "admin": ATMOS_IDENTITY was set for the configuration at \S+\/repo, not for/,
  );
  const hint = /Hint: .*: (--identity admin); or run: unset (.*)\n$/.exec(stderr)!;
  equal(account(await here.inClone([...WHO, ...hint[1]!.split(" ")], shell)), TWO);
  const unset = hint[2]!.split(" ");
  const rest = Object.fromEntries(Object.entries(shell).filter(([name]) => !unset.includes(name)));
  equal(account(await here.inClone(WHO, rest)), TWO);
});

Deno.test("variables of a repository's identity: below it, and where no repository is, it stays what it is", async () => {
  await using here = await trees({ account: ONE }, { account: TWO });
  const shell = await openShell(here);
  here.home.write("repo/below/file", "");
  here.home.write("none/file", "");
  for (const directory of ["repo", "repo/below"]) {
    const run = await runAtmos(WHO, { env: here.env({ ...NOBODY, ...shell }), cwd: here.home.at(directory) });
    equal(run.status, 0, run.stderr);
    equal(account(run), ONE);
  }
  const list = ["aws", "eks", "list", "--region", "us-east-2"];
  const none = await runAtmos(list, { env: here.env({ ...NOBODY, ...shell }), cwd: here.home.at("none") });
  equal(none.status, 0, none.stderr);
  match(none.stdout, new RegExp(ONE));
});

Deno.test("a program and a shell that are started as an identity know whose it is, one inside another, too", async () => {
  await using here = await trees({ account: ONE }, { account: TWO });
  const script = 'echo "$ATMOS_IDENTITY_CONFIG"';
  const shell = await openShell(here);
  const started = [["auth", "exec", "-i", "admin", "--", "sh", "-c", script], [
    ...["auth", "shell", "-i", "admin", "--shell", "sh", "--", "-c", script],
  ]];
  for (const args of started) {
    const inner = await here.inClone(args, shell);
    deepEqual([inner.status, inner.stdout], [0, `${Deno.realPathSync(here.home.at("clone"))}\n`], inner.stderr);
    const refused = await here.inClone(args.filter((word) => word !== "-i" && word !== "admin"), shell);
    equal(refused.status, 3, refused.stderr);
  }
});

Deno.test("a logout says of what `auth env` has set that it is to be unset, the configuration included", async () => {
  await using here = await trees({ account: ONE }, { account: TWO });
  const out = await here.run(["auth", "logout"], { ...NOBODY, ...await openShell(here) });
  match(out.stderr + out.stdout, /unset .*\bATMOS_IDENTITY ATMOS_IDENTITY_CONFIG\b/);
});

Deno.test("entries and helpers that name their identity work in a shell of another repository's", async () => {
  await using here = await trees({ account: ONE }, { account: TWO });
  const shell = await openShell(here);
  const config = `--config=${here.home.at("clone/atmos.yaml")}`;
  const token = ["aws", "eks", "token", "--cluster-name", "main", "--region", "us-east-2", config];
  for (const named of [["-i", "admin"], ["--identity=admin"]]) {
    const run = await here.run([...token, ...named], { ...NOBODY, ...shell });
    doesNotMatch(run.stderr, /ATMOS_IDENTITY/);
    equal(run.status, 0, run.stderr);
  }
  equal((await here.run(token, { ...NOBODY, ...shell })).status, 3);
});
