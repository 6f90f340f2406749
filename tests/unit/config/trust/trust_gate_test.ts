import { nameCommand, TRUST } from "../../../../src/remedy.ts";
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { Power } from "../../../../src/config/schema/powers.ts";
import { makeTrustRecords, TrustGate, type UntrustedPower } from "../../../../src/config/trust/trust_gate.ts";
import { trustPowers } from "../../../../src/config/trust/trust_list.ts";
import type { AppError } from "../../../../src/errors.ts";
import { Secret } from "../../../../src/secret.ts";
import { configWorld, type ConfigWorldOptions } from "../../../support/config/config_files.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { refusal } from "../../../support/terminal/refusal.ts";

const REPO = "/home/me/repo";
const FILE = `${REPO}/atmos.yaml`;

function power({ file = FILE, line = 1, content = "c", ...more }: Partial<Omit<Power, "content">> & {
  readonly file?: string;
  readonly line?: number;
  readonly content?: string;
} = {}): Power {
  const place = { file, line, column: 4 };
  return { path: "a", place, content: new Secret(content), shown: '"c"', reason: "does it", ...more };
}

/** A gate on a computer with these files, and how many powers each question was about. */
function gate({ files, ...options }: ConfigWorldOptions & { readonly answers?: readonly boolean[] } = {}) {
  const answers = [...options.answers ?? []];
  const { host, disk } = configWorld({ ...options, files: { [FILE]: "", ...files } });
  const asked: (readonly UntrustedPower[])[] = [];
  const ask = (powers: readonly UntrustedPower[]) => {
    asked.push(powers);
    return Promise.resolve(answers.shift() ?? false);
  };
  const input = {
    command: () => nameCommand("auth", "trust", "-x"),
    ...(options.answers === undefined ? {} : { ask }),
  };
  return { host, disk, asked, trust: new TrustGate(host, input), another: () => new TrustGate(host, input) };
}

const paths = (powers: readonly UntrustedPower[]) => powers.map(({ path }) => path);

Deno.test("trust gate: what the user's own files, and variables, say needs none", async () => {
  const own = ["/home/me/.atmos/atmos.yaml", "/home/me/.config/atmos/x.yaml", "/usr/local/etc/atmos/atmos.yaml"];
  const { trust } = gate({ files: Object.fromEntries(own.map((file) => [file, ""])) });
  await trust.require([...own, "environment variable ATMOS_X"].map((file) => power({ file })));
  for (const file of [FILE, "/home/me/.atmosx/atmos.yaml", "/tmp/atmos.yaml", "/home/me/atmos.yaml"]) {
    await rejects(trust.require([power({ file })]), { code: "untrusted" }, file);
  }
});

Deno.test("trust gate: what this machine makes ordinary needs none", async () => {
  const { trust } = gate();
  await trust.require([power({ isOrdinary: () => true })]);
  await rejects(trust.require([power({ isOrdinary: () => false })]), { code: "untrusted" });
});

Deno.test("trust gate: ATMOS_TRUST decides, and CI where it says nothing", async () => {
  const trusting = [
    ...["1", "true", "yes", "on", "TRUE"].map((ATMOS_TRUST) => ({ ATMOS_TRUST })),
    ...["1", "true"].map((CI) => ({ CI })),
    { CI: "true", ATMOS_TRUST: "" },
  ];
  for (const env of trusting) await gate({ env }).trust.require([power()]);
  const asking = [
    {},
    { ATMOS_TRUST: "0" },
    { ATMOS_TRUST: "maybe" },
    { CI: "true", ATMOS_TRUST: "0" },
    { CI: "false" },
    {
      CI: "true",
      ATMOS_TRUST: "no",
    },
  ];
  for (const env of asking) {
    await rejects(gate({ env }).trust.require([power()]), { code: "untrusted" }, JSON.stringify(env));
  }
});

Deno.test("trust gate: a refusal says what, where, why and what to type, for all at once", async () => {
  const { trust } = gate();
  const both = [power({ path: "b", line: 7 }), power()];
  await rejects(trust.require(both), { place: { file: FILE, line: 1, column: 4 } });
  await rejects(
    trust.require(both),
    refusal({
      code: "untrusted",
      message: 'Cannot use a "c": it does it, and you have not trusted it',
      hint: `Also not trusted: ${FILE}:7:4: b: "c" (it does it)\nRead them, then: atmos auth trust -x\n` +
        "In CI: set ATMOS_TRUST=1",
    }),
  );
});

Deno.test("trust gate: asks once about all, each power once, in the order of the files", async () => {
  const { trust, asked } = gate({ answers: [true, true], files: { [`${REPO}/a.yaml`]: "" } });
  const powers = [
    power({ path: "z", line: 9 }),
    power({ path: "b" }),
    power({ path: "b" }),
    power({ file: `${REPO}/a.yaml` }),
  ];
  await trust.require(powers);
  await trust.require(powers);
  deepEqual(asked.map(paths), [["a", "b", "z"]]);
  await trust.require([...powers, power({ path: "new" })]);
  deepEqual(asked.map(paths), [["a", "b", "z"], ["new"]]);
});

Deno.test("trust gate: a no is a refusal, and is asked again", async () => {
  const { trust, asked } = gate({ answers: [false, true] });
  await rejects(trust.require([power()]), { code: "untrusted" });
  await trust.require([power()]);
  equal(asked.length, 2);
});

Deno.test("trust gate: what is on the list is trusted, as it was, where it was", async () => {
  const { trust, host, disk } = gate({ files: { [`${REPO}/other.yaml`]: "" } });
  const [{ record } = { record: undefined }] = await trust.untrusted([power()]);
  await trustPowers(host, [record!]);
  deepEqual(await trust.untrusted([power(), power({ line: 5 })]), []);
  const changed = await trust.untrusted([power({ content: "d" })]);
  deepEqual(changed.map(({ isChanged }) => isChanged), [true]);
  const elsewhere = await trust.untrusted([power({ file: `${REPO}/other.yaml` }), power({ path: "b" })]);
  deepEqual(elsewhere.map(({ isChanged }) => isChanged), [false, false]);
  disk.directory("/home/me/links");
  disk.symlink("/home/me/links/atmos.yaml", { to: FILE });
  deepEqual(await trust.untrusted([power({ file: "/home/me/links/atmos.yaml" })]), []);
});

/** A repository where a line is trusted, and how many powers need trust in another run after a change. */
async function trustedLine(
  { runs, files = {}, links = {}, isBare = false, ...more }: ConfigWorldOptions & {
    readonly runs: string;
    readonly links?: Readonly<Record<string, string>>;
    /** Whether nothing is there but these files. */
    readonly isBare?: boolean;
  },
) {
  const world = gate({ files: isBare ? files : { [`${REPO}/.git/HEAD`]: "", ...files }, ...more });
  const { host, disk, another } = world;
  for (const [path, to] of Object.entries(links)) disk.symlink(path, { to });
  const untrusted = async () => (await another().untrusted([power({ runs })])).length;
  await trustPowers(host, makeTrustRecords(await another().untrusted([power({ runs })])));
  return { ...world, disk, untrusted };
}

Deno.test("trust gate: the programs and scripts of the tree that a line names are part of it", async () => {
  const script = `${REPO}/bin/run.sh`;
  for (const runs of ["bin/run.sh", "sh ./bin/run.sh x", `X="$(bin/run.sh)"`, script, "~/repo/bin/run.sh"]) {
    for (const text of ["echo 1", "#!/usr/bin/env python3\n"]) {
      const { disk, untrusted } = await trustedLine({ runs, files: { [script]: text } });
      equal(await untrusted(), 0, runs);
      disk.put(script, "echo 2");
      equal(await untrusted(), 1, runs);
      disk.writer.remove(script);
      equal(await untrusted(), 1, runs);
      disk.put(script, text);
      equal(await untrusted(), 0, runs);
    }
  }
});

/** Lines of plain words, with what else is there, and what is part of them. */
const PLAIN: readonly (readonly [line: string, files: Readonly<Record<string, string>>, named: readonly string[]])[] = [
  ["echo x", {}, []],
  ["aws configure get region --profile=dev 2>/dev/null || echo us-east-2", {}, []],
  ["git rev-parse --short HEAD | tr a-z A-Z", {}, []],
  ['op read "op://vault/an item/key"', {}, []],
  ["pass show aws/key", {}, []],
  ["vault kv get -format json secret/aws", {}, []],
  ["gcloud auth print-access-token", {}, []],
  ["aws --profile dev --region=us-east-2 sts get-caller-identity --query Account", {}, []],
  ["aws ssm get-parameters --cli-input-json file://in.json", {}, ["in.json"]],
  ["aws ssm get-parameters --cli-input-json=fileb://in.json", {}, ["in.json"]],
  ["vault read @in.json", {}, ["in.json"]],
  ["grep -fin.json b.txt", {}, ["in.json", "b.txt"]],
  ["/usr/bin/cat ./region.txt", {}, ["region.txt"]],
  ["cat --show-all --from=region.txt", {}, ["region.txt"]],
  [". ./env.sh; echo x", { "env.sh": "set -eu\n" }, ["env.sh"]],
  ["sh -eu a.sh", { "a.sh": "# it's a note: $x\n. ./b.sh\n", "b.sh": "sh lib/c.sh" }, ["a.sh", "b.sh", "lib/c.sh"]],
  ["sh tools/a.sh", { "tools/a.sh": "#!/bin/sh -e\n./d.sh", "tools/d.sh": "cat e.txt" }, ["tools/a.sh", "tools/d.sh"]],
  ["../repo/a.sh", { "a.sh": "echo 1" }, ["a.sh"]],
];

Deno.test("trust gate: of a line of plain words, no other file is", async () => {
  for (const [runs, files, named] of PLAIN) {
    const all = { ...Object.fromEntries(named.map((name) => [name, "echo 1"])), ...files };
    const absolute = Object.fromEntries(Object.entries(all).map(([name, text]) => [`${REPO}/${name}`, text]));
    const { disk, untrusted } = await trustedLine({ runs, files: absolute });
    disk.put(`${REPO}/notes.md`, "other");
    equal(await untrusted(), 0, runs);
    for (const name of named) {
      disk.put(`${REPO}/${name}`, "echo 2");
      equal(await untrusted(), 1, `${runs}: ${name}`);
      disk.put(`${REPO}/${name}`, all[name]!);
      equal(await untrusted(), 0, runs);
    }
  }
});

Deno.test("trust gate: a script beside the repository that a line names is part of it, and is shown", async () => {
  const script = "/home/me/scripts/account.sh";
  const other = "/home/me/scripts/more.sh";
  for (const runs of ["sh ../scripts/account.sh", "../scripts/account.sh", "python3 ../scripts/account.sh | tr a b"]) {
    const { disk, untrusted, another } = await trustedLine({ runs, files: { [script]: "echo 1", [other]: "echo 2" } });
    equal(await untrusted(), 0, runs);
    disk.put(other, "echo 3");
    equal(await untrusted(), 0, runs);
    disk.put(script, "echo 4");
    const [asked] = await another().untrusted([power({ runs })]);
    match(
      asked?.scope ?? "",
      /every file of this repository, and "\/home\/me\/scripts\/account\.sh", but not what else/,
    );
    disk.put(script, "echo 1");
    equal(await untrusted(), 0, runs);
  }
});

/** Each starts the script, wherever the word stands, if it can be started. */
const STARTING = (path: string): readonly string[] => [
  ...["env A=1", "exec", "time", "timeout 5", "sudo", "command", "eval", "xargs -n 1", "!", "bash -o pipefail"].map(
    (before) => `${before} ${path}`,
  ),
  ...["npx tsx", "uv run", "node --import ./x.js", "python3 -c 'x' &&", "FOO=$(date)", "make; env bash"].map(
    (before) => `${before} ${path}`,
  ),
  ...[`if ${path}; then echo x; fi`, `x=1; { ${path}; }`, `FOO="a b" ${path}`, `echo "$(${path})"`, `"${path}"`],
  ...[`find . -exec ${path} {} +`, `sh -c '${path} "x"'`, `sh <${path}`, `node --import=${path} x`, `node -r${path} x`],
  ...[`cat ${path} | sh`, `"$PWD/${path}"`, `"$(git rev-parse --show-toplevel)/${path}"`, `\${X:-${path}} y`],
  ...[`A=1 B=../b:${path} x`, `way/${path}`, path.replace("/s/", '/"s"/'), path.replace("/s/", "/\\s/")],
  ...[path.replace("../", "cd ..; "), path.replace("../", "cd .. && cd s; ./../")],
  `echo ${Array.from({ length: 500 }, (_, at) => at).join(" ")}; ${path}`,
];

/** What makes a file one that can be started. */
const STARTABLE = [
  ["a.sh", "echo 1", 0o600],
  ["a.mjs", "echo 1", 0o600],
  ["a", "#!/bin/sh\n", 0o600],
  ["a", "ELF", 0o700],
] as const;

Deno.test("trust gate: a file beside the repository that can be started is part of a line that names it", async () => {
  const others = { "/home/me/cache.json": "1", "/home/me/s/other.sh": "1" };
  const links = { [`${REPO}/way`]: "/home/me/s" };
  for (const [name, text, mode] of STARTABLE) {
    for (const runs of STARTING(`../s/${name}`)) {
      const line = `${runs} >../cache.json`;
      const { host, disk, untrusted, another } = await trustedLine({ runs: line, files: others, links });
      disk.put(`/home/me/s/${name}`, text, { mode });
      const added = await another().untrusted([power({ runs: line })]);
      equal(added.length, 1, `it is new: ${runs}`);
      await trustPowers(host, makeTrustRecords(added));
      for (const path of Object.keys(others)) disk.put(path, "2");
      equal(await untrusted(), 0, runs);
      disk.put(`/home/me/s/${name}`, `${text}2`, { mode });
      equal(await untrusted(), 1, runs);
    }
  }
});

Deno.test("trust gate: so is the text of an interpreter, whatever it is called", async () => {
  for (
    const runs of [
      "bash ../lib/setup",
      "../lib/setup",
      "bash -euo pipefail ../lib/setup x",
      "sudo -u me /bin/bash -e ../lib/setup",
      "env A=1 python3 -W ignore ../lib/setup",
      "set -a && . ../lib/setup",
      "if true; then source ../lib/setup; fi",
      "bash -c '. ../lib/setup'",
      "{ . ../lib/setup; }",
      "cd ../lib && bash setup",
      'bash "../my lib/setup"',
      "bash ../my\\ lib/setup",
      "perl -Mstrict ../lib/setup",
    ]
  ) {
    const files = { "/home/me/lib/setup": "1", "/home/me/my lib/setup": "1" };
    const { disk, untrusted } = await trustedLine({ runs, files });
    equal(await untrusted(), 0, runs);
    for (const path of Object.keys(files)) disk.put(path, "2");
    equal(await untrusted(), 1, runs);
  }
});

Deno.test("trust gate: what a line reads and writes beside the repository is no part of it", async () => {
  const files = { "/home/me/scripts/account.sh": "echo 1", "/home/me/cache.json": "1" };
  for (
    const runs of [
      "touch ../cache.json",
      "sh ../scripts/account.sh --out ../cache.json",
      "jq . <../cache.json",
      "jq -c . ../cache.json",
      "env A=1 jq -r .x ../cache.json",
      "python3 -c 'x' ../cache.json",
      "node -e x ../cache.json",
      "python3 -m json.tool ../cache.json",
      "python3 - <<'E' >../cache.json\nprint(1)\nE",
      "{ date; } >../cache.json",
      "bash ../scripts/account.sh <../cache.json 2>&1 | tee ../cache.json",
      "cd .. && sh scripts/account.sh cache.json",
    ]
  ) {
    const { disk, untrusted } = await trustedLine({ runs, files });
    disk.put("/home/me/cache.json", "2");
    equal(await untrusted(), 0, runs);
  }
});

Deno.test("trust gate: a directory beside the repository that a line names is shown as not covered", async () => {
  const files = { "/home/me/scripts/account.sh": "echo 1", [`${REPO}/x`]: "" };
  const scope = async (runs: string) => {
    const { another } = gate({ files: { [`${REPO}/.git/HEAD`]: "", ...files } });
    return (await another().untrusted([power({ runs })]))[0]?.scope?.replace("with every file of this repository", "");
  };
  const script = ', and "/home/me/scripts/account.sh"';
  for (
    const [runs, expected] of [
      ["make -C ../scripts id", ', but not "/home/me/scripts"'],
      ["sh ../scripts/*.sh", ', but not "/home/me/scripts"'],
      ["PATH=../scripts:$PATH x", ', but not "/home/me/scripts"'],
      ["perl -I../scripts x", ', but not "/home/me/scripts"'],
      ["cd .. && make", ', but not what else is in "/home/me"'],
      ["cd ../scripts && sh account.sh", `${script}, but not "/home/me/scripts", what else it starts beyond it`],
      ["env A=1 ../scripts/account.sh", `${script}, but not what else it starts beyond it`],
    ] as const
  ) {
    equal(await scope(runs), expected, runs);
  }
});

Deno.test("trust gate: of many files beside the repository a question names three", async () => {
  const files = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`/home/me/s/${name}.sh`, "1"]));
  const { another } = gate({ files: { [`${REPO}/.git/HEAD`]: "", ...files } });
  const [asked] = await another().untrusted([power({ runs: "x ../s/a.sh ../s/b.sh ../s/c.sh ../s/d.sh ../s/e.sh" })]);
  match(asked?.scope ?? "", /, and "\/home\/me\/s\/a.sh", ".*b.sh", ".*c.sh", 2 more, but not what else/);
});

Deno.test("trust gate: where a line prints what commits say, the branches and tags are part of it", async () => {
  const printing = [
    "git log -1 --format=%s",
    "/usr/bin/git describe --tags",
    "git branch --list --format=x",
    "sh log.sh",
    "make -s version",
    "sh starts.sh",
    "for f in t/*; do $f; done",
  ];
  const other = ["git rev-parse --short HEAD", "git branch --show-current", "git config --get a.b", "echo git log"];
  const lines = [...printing.map((line) => [line, 1] as const), ...other.map((line) => [line, 0] as const)];
  const git = { HEAD: "ref: refs/heads/main\n", "refs/heads/main": "1", "packed-refs": "2", FETCH_HEAD: "3" };
  for (const folder of [".git", "../shop/.git/worktrees/repo"]) {
    const place = folder === ".git" ? `${REPO}/.git` : "/home/me/shop/.git/worktrees/repo";
    const shared = folder === ".git" ? place : "/home/me/shop/.git";
    for (const [runs, count] of lines) {
      const files: Record<string, string> = {
        [`${REPO}/log.sh`]: "git log -1",
        [`${REPO}/starts.sh`]: "python3 t/h.py",
        [`${REPO}/t/h.py`]: "os.system('g' + 'it log')",
        [`${REPO}/Makefile`]: "M := $(shell git log -1 --format=%s)",
        ...(folder === ".git" ? {} : { [`${REPO}/.git`]: `gitdir: ${place}\n`, [`${place}/commondir`]: "../..\n" }),
        ...Object.fromEntries(
          Object.entries(git).map((
            [name, text],
          ) => [`${name === "HEAD" || name === "FETCH_HEAD" ? place : shared}/${name}`, text]),
        ),
      };
      const { disk, untrusted } = await trustedLine({ runs, files, isBare: true });
      equal(await untrusted(), 0, runs);
      for (const path of Object.keys(files).filter((name) => /HEAD$|refs/.test(name))) {
        disk.put(path, `${files[path]} `);
        equal(await untrusted(), count, `${folder}: ${runs}: ${path}`);
        disk.put(path, files[path]!);
      }
      disk.put(`${shared}/refs/tags/v2`, "4");
      equal(await untrusted(), count, `${folder}: ${runs}: a new tag`);
    }
  }
});

/** Programs that start others, or read what says which: with calls that name no file. */
const STARTERS = [
  "op run -- make get",
  "op inject",
  "op plugin run -- make",
  "aws-vault exec dev -- make",
  "doppler run -- make",
  "chamber exec dev -- make",
  "sops exec-env secrets make",
  "env make",
  "/usr/bin/env make",
  "xargs make",
  "nice make",
  "timeout 9 make",
  "sudo make",
  "ssh host make",
  "git get",
  "git log --ext-diff",
  "git config alias.get x",
  "git config --get --blob=HEAD:x a.b",
  'git config core.fsmonitor "make get"; git describe --dirty',
  "git branch --edit-description",
  "git remote update",
  "pass git get",
  "pass edit x",
  "vault agent",
  "vault ssh host",
  "gcloud compute ssh host",
  "security -i",
  "aws codeartifact login --tool npm",
  "aws emr ssh",
  "aws --unknown get-x sts get-caller-identity",
  "aws get",
  "kubectl get pods",
  "curl -K x",
  "yq x",
  "printf -v PATH :",
  "grep -rh region",
  "grep --recursive region",
  "wc --files0-from=x",
];

/** Ways to start `lib/t.sh` that no line need name whole; the second text is what `a.sh` says. */
const ROADS: readonly (readonly [line: string, script?: string])[] = [
  ...[
    "$PWD/lib/t.sh",
    'sh "$PWD/lib/t.sh"',
    "D=lib; $D/t.sh",
    "./lib/t\\.sh",
    "./l'ib'/t.sh",
    './"lib"/t.sh',
    "sh ./lib/*.sh",
    "lib/t?sh",
    "lib/[t].sh",
    "for f in lib/*; do sh $f; done",
    "PATH=$PWD/lib:$PATH t.sh",
    "PATH=lib t.sh",
    "PYTHONPATH=lib python3 get.py",
    "find lib -exec sh {} +",
    "run-parts lib",
    "cat lib/t.sh | sh",
    "sh < lib/t.sh",
    "sh -c lib/t.sh",
    "cd lib && sh t.sh",
    "cd lib\nsh t.sh",
    "sh ./lib/x/../t.sh",
    "sh ~+/lib/t.sh",
    "eval . lib/t.sh",
    "env sh lib/t.sh",
    "make -C lib",
    "make get",
    "python3 -m lib",
    "npm run get",
    "node get",
    "just get",
    "docker compose run get",
    "some-tool get",
    "git -c core.pager=lib/t.sh log",
    "jq -L lib .x",
    ...STARTERS,
    "sh\u00a0lib/t.sh",
    'sh "./x 2>&1 .sh"',
    "/proc/self/cwd/lib/t.sh",
    "cat /proc/self/cwd/lib/t.sh",
    "cat --from=/proc/thread-self/cwd/lib/t.sh",
    "head -n1 /dev/fd/3",
    "cat /home/me/way/lib/t.sh",
    "cat ~/way/missing",
    "sh /home/me/way/lib/t.sh",
  ].map((line) => [line] as const),
  ...[
    '. "$(dirname "${BASH_SOURCE[0]}")/lib/t.sh"',
    '. "${BASH_SOURCE%/*}/lib/t.sh"',
    'HERE=lib; . "$HERE/t.sh"',
    '. "${L:-./lib/t.sh}"',
    '. ./"l"ib/t.sh',
    "#!/usr/bin/env python3\nfrom lib.aws import region\n",
    "#!/usr/bin/make -f\ninclude mk/*.mk\nall:\n\t$(MAKE) -C lib\n",
    "#!./lib/t.sh\n",
    "echo a &&\\\n. lib/t.sh",
  ].map((script) => ["sh a.sh", script] as const),
];

Deno.test("trust gate: of any other line, every file of the repository is, but for what Git keeps", async () => {
  for (const [runs, script = "echo 1"] of ROADS) {
    const files = { "a.sh": script, "lib/t.sh": "echo 1", "deep/er/notes.md": "1", "node_modules/p/i.js": "1" };
    const absolute = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${REPO}/${name}`, text]));
    const { disk, untrusted } = await trustedLine({ runs, files: absolute, links: { "/home/me/way": REPO } });
    equal(await untrusted(), 0, runs);
    disk.put(`${REPO}/.git/index`, "2");
    equal(await untrusted(), 0, runs);
    for (const [name, text] of Object.entries(files).slice(1)) {
      const path = `${REPO}/${name}`;
      disk.put(path, `${text} `);
      equal(await untrusted(), 1, `${runs}: ${name}`);
      disk.put(path, text);
    }
    disk.put(`${REPO}/new`, "1");
    equal(await untrusted(), 1, runs);
    disk.writer.remove(`${REPO}/new`);
    disk.symlink(`${REPO}/new`, { to: "/tmp/x" });
    equal(await untrusted(), 1, runs);
  }
});

Deno.test("trust gate: so it is where a plain word is a directory, a link, or a program of the tree", async () => {
  const files = { [`${REPO}/get/t.sh`]: "1", [`${REPO}/bin/aws`]: "1", [`${REPO}/other`]: "1" };
  const onPath = { PATH: "/usr/bin:bin" };
  for (const [runs, env] of [["aws get"], ["aws x", onPath], [". aws", onPath], ["sh ./link"], ["cat link"]] as const) {
    const { host, disk, another } = gate({ files: { ...files, [`${REPO}/.git/HEAD`]: "" }, ...(env && { env }) });
    disk.symlink(`${REPO}/link`, { to: `${REPO}/other` });
    const scopes = async () => (await another().untrusted([power({ runs })])).map(({ scope }) => scope);
    deepEqual(await scopes(), ["with every file of this repository"], runs);
    await trustPowers(host, makeTrustRecords(await another().untrusted([power({ runs })])));
    disk.put(`${REPO}/other`, "2");
    equal((await scopes()).length, 1, runs);
  }
});

Deno.test("trust gate: so are files above a command that decide what its bare name starts", async () => {
  for (
    const [name, text, isWide] of [
      [".tool-versions", "awscli 2.1", false],
      [".tool-versions", "awscli path:./evil", true],
      ["mise.toml", "[env]\n_.path = './bin'", true],
      ["mise.local.toml", "[tools]", false],
      [".config/mise/config.toml", "[tools]", false],
      [".config/mise/conf.d/a.toml", "[tools]", true],
      ["HEAD", "0123456789abcdef", true],
    ] as const
  ) {
    const files = { [`${REPO}/${name}`]: text, [`${REPO}/evil/bin/aws`]: "1" };
    const { disk, untrusted } = await trustedLine({ runs: "aws sts get-caller-identity", files, cwd: `${REPO}/sub` });
    equal(await untrusted(), 0, text);
    disk.put(`${REPO}/evil/bin/aws`, "2");
    equal(await untrusted(), isWide ? 1 : 0, text);
    disk.put(`${REPO}/evil/bin/aws`, "1");
    disk.put(`${REPO}/${name}`, `${text}.3`);
    equal(await untrusted(), 1, text);
    disk.writer.remove(`${REPO}/${name}`);
    equal(await untrusted(), 1, text);
  }
});

Deno.test("trust gate: what a question is about names its files by number, and says where there are too many", async () => {
  const scopeIn = async (runs: string, files: Readonly<Record<string, string>>) =>
    (await gate({ files }).trust.untrusted([power({ runs })])).map((
      { scope, unkept },
    ) => [scope, unkept !== undefined]);
  const script = { [`${REPO}/a.sh`]: "cat b.txt", [`${REPO}/b.txt`]: "1" };
  deepEqual(await scopeIn("echo x", script), [[undefined, false]]);
  deepEqual(await scopeIn("cat b.txt", script), [["with 1 file that it names", false]]);
  deepEqual(await scopeIn("sh a.sh", script), [["with 2 files that it names", false]]);
  deepEqual(await scopeIn("sh $x", script), [["with every file of this repository", false]]);
  const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`${REPO}/d/${at}`, ""]));
  const tooMany = "it may start any file of a repository with more than 5,000 files or 50 MiB";
  deepEqual(await scopeIn("sh $x", many), [[`for this run only: ${tooMany}`, true]]);
  const answered = gate({ files: many, answers: [true] });
  await answered.trust.require([power({ runs: "sh $x" })]);
  await answered.trust.require([power({ runs: "sh $x" })]);
  equal(answered.asked.length, 1);
  deepEqual(makeTrustRecords(answered.asked[0]!), []);
  const hint = `Trust in it is for one run, at a terminal: ${tooMany}\nWithout a question: set ATMOS_TRUST=1`;
  await rejects(gate({ files: many }).trust.require([power({ runs: "sh $x" })]), refusal({ hint }));
});

Deno.test("trust gate: what a trusted command writes asks nothing in the same run, a change before it does", async () => {
  const one = power({ runs: "python3 get.py" });
  const { trust, disk, asked } = gate({ files: { [`${REPO}/get.py`]: "1" }, answers: [true, true] });
  await trust.require([one]);
  disk.put(`${REPO}/get.py`, "changed while the question stood");
  equal((await trust.untrusted([one])).length, 1);
  await trust.require([one]);
  equal((await trust.untrusted([one])).length, 0);
  disk.put(`${REPO}/__pycache__/get.pyc`, "1");
  equal((await trust.untrusted([one])).length, 0);
  equal(asked.length, 2);
});

Deno.test("trust gate: in a repository with too many files, a yes is for the script that the line names as it was", async () => {
  const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`${REPO}/d/${at}`, ""]));
  const one = power({ runs: "sh get.sh > out" });
  const { trust, disk, asked } = gate({
    files: { ...many, [`${REPO}/get.sh`]: 'eval "$(cat d/1)"' },
    answers: [true, true],
  });
  await trust.require([one]);
  disk.put(`${REPO}/get.sh`, "changed while the question stood");
  await trust.require([one]);
  equal(asked.length, 2);
  equal((await trust.untrusted([one])).length, 0);
  disk.put(`${REPO}/out`, "written by the command");
  equal((await trust.untrusted([one])).length, 0);
});

Deno.test("trust gate: scripts that name each other, or a great many words, come to an end", async () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(" ");
  for (const more of ["", many]) {
    const files = { [`${REPO}/a.sh`]: `sh b.sh ${more}`, [`${REPO}/b.sh`]: "sh a.sh; sh b.sh; cat data.txt" };
    const { disk, untrusted } = await trustedLine({ runs: "sh a.sh", files: { ...files, [`${REPO}/data.txt`]: "1" } });
    equal(await untrusted(), 0);
    disk.put(`${REPO}/b.sh`, "evil");
    equal(await untrusted(), 1);
  }
});

const LONG = [
  [`!exec sh ./x; ${"\n".repeat(4_000)}evil`, "!exec sh ./x; \n\n"],
  [`!exec echo ${"-".repeat(120_000)} evil`, `!exec echo ${"-".repeat(189)}`],
] as const;

Deno.test("trust gate: a refusal shows 3 lines and 200 characters of a value, and how much more there is", async () => {
  for (const [shown, beginning] of LONG) {
    const more = `${beginning}… (${shown.length - beginning.length} more characters; see ${FILE}:1)`;
    const others = [power({ content: "d", path: "b", shown }), power({ path: "k".repeat(9_000), content: "e" })];
    await rejects(gate().trust.require([power({ shown }), ...others]), (error: AppError) => {
      const hint = renderRemedy({}, error);
      equal(error.message, `Cannot use a ${more}: it does it, and you have not trusted it`);
      ok(hint.startsWith(`Also not trusted: ${FILE}:1:4: b: ${more.replaceAll("\n", "\\n")} (it does it)\n`));
      ok(hint.includes(`${"k".repeat(200)}…: "c" (it does it)`));
      return true;
    });
  }
});

Deno.test("trust gate: where links lead from a path is part of it, at its end and on its way", async () => {
  const [file, other] = [`${REPO}/keys/tok`, "/home/me/.vault-token"];
  for (const names of ["./keys/tok", "keys/../keys/tok", file, "~/repo/keys/tok"]) {
    const { trust, host, disk } = gate({ files: { [other]: "mine", [`${REPO}/away/tok`]: "1" } });
    const shown = async () => (await trust.untrusted([power({ names })])).map(({ shown }) => shown);
    const accept = async () => {
      await trustPowers(host, (await trust.untrusted([power({ names })])).map(({ record }) => record));
      deepEqual(await shown(), [], names);
    };
    deepEqual(await shown(), ['"c"'], names);
    await accept();
    disk.put(file, "1");
    deepEqual(await shown(), [], "what is in it may change");
    disk.writer.remove(file);
    disk.symlink(file, { to: other });
    deepEqual(await shown(), [`"c" -> "${other}"`], names);
    await accept();
    disk.writer.remove(file);
    disk.symlink(file, { to: "/home/me/.ssh/id" });
    deepEqual(await shown(), ['"c" -> "/home/me/.ssh/id"'], names);
    disk.writer.remove(file);
    disk.symlink(file, { to: file });
    deepEqual(await shown(), ['"c" -> "links without end"'], names);
    disk.writer.remove(file);
    disk.writer.remove(`${REPO}/keys`);
    disk.symlink(`${REPO}/keys`, { to: `${REPO}/away` });
    deepEqual(await shown(), [`"c" -> "${REPO}/away/tok"`], names);
  }
});

Deno.test("trust gate: a path that the current directory completes needs trust in the user's own file, too", async () => {
  const own = "/home/me/.atmos/atmos.yaml";
  const completed = [{ names: "tools/x" }, { names: "../repo/x" }, {
    names: `${REPO}/x`,
    isMadeAbsolute: true as const,
  }];
  for (const named of completed) {
    const files = { [own]: "", "/home/me/other/x": "" };
    const { trust, host, disk } = gate({ files, answers: [] });
    const [found] = await trust.untrusted([power({ ...named, file: own })]);
    const goal = `${REPO}/${named.names === "tools/x" ? "tools/x" : "x"}`;
    deepEqual([found?.shown, found?.isChanged], [`"c" -> "${goal}"`, false]);
    await trustPowers(host, [found!.record]);
    deepEqual(await trust.untrusted([power({ ...named, file: own })]), []);
    disk.symlink(goal, { to: "/home/me/.ssh/id" });
    const [changed] = await trust.untrusted([power({ ...named, file: own })]);
    deepEqual([changed?.shown, changed?.isChanged], ['"c" -> "/home/me/.ssh/id"', true]);
  }
  const settled = [{ names: "/x" }, { names: "~/x" }, {}];
  for (const named of settled) {
    deepEqual(await gate().trust.untrusted([power({ ...named, file: own })]).then(paths), ["a"]);
  }
  for (const named of settled) await gate({ files: { [own]: "" } }).trust.require([power({ ...named, file: own })]);
});

Deno.test("trust gate: such a path is trusted in one directory and not in the next, and stays trusted in the first", async () => {
  for (const file of [FILE, "/home/me/.atmos/atmos.yaml"]) {
    const { host } = gate({ files: { [file]: "" } });
    const at = (cwd: string) => {
      const there = { ...host, read: Object.assign(Object.create(host.read), { cwd: () => cwd }) };
      return new TrustGate(there, { command: () => TRUST });
    };
    for (const cwd of ["/a", "/b"]) {
      const found = await at(cwd).untrusted([power({ names: "x", file })]);
      deepEqual(found.map(({ isChanged, shown }) => [isChanged, shown]), [[false, `"c" -> "${cwd}/x"`]]);
      await trustPowers(host, found.map(({ record }) => record));
    }
    for (const cwd of ["/a", "/b"]) deepEqual(await at(cwd).untrusted([power({ names: "x", file })]), [], cwd);
    equal((await at("/c").untrusted([power({ names: "x", file })])).length, 1);
  }
});

Deno.test("trust gate: a program that the current directory completes is trusted with what is in it", async () => {
  const own = "/home/me/.atmos/atmos.yaml";
  const files = { [own]: "", [`${REPO}/tools/x`]: "#!/bin/sh\n. ./lib.sh\n", [`${REPO}/tools/lib.sh`]: "1" };
  for (const changed of [`${REPO}/tools/x`, `${REPO}/tools/lib.sh`]) {
    const { host, disk } = gate({ files });
    const run = () => new TrustGate(host, { command: () => TRUST });
    const untrusted = () => run().untrusted([power({ names: "tools/x", runs: "tools/x", file: own })]);
    await trustPowers(host, (await untrusted()).map(({ record }) => record));
    equal((await untrusted()).length, 0);
    disk.put(changed, "#!/bin/sh\nevil\n");
    equal((await untrusted()).length, 1, changed);
  }
});

Deno.test("trust gate: a refusal of many alike still tells each other kind", async () => {
  const many = Array.from({ length: 100 }, (_, at) => power({ path: `m${at}`, content: `${at}` }));
  const other = power({ path: "other", line: 1_000, reason: "sets the AWS endpoint" });
  await rejects(gate().trust.require([...many, other]), (error: AppError) => {
    const lines = renderRemedy({}, error).split("\n");
    deepEqual([lines.length, lines.some((line) => line.includes("other: "))], [24, true]);
    equal(lines[20], "Also not trusted: 79 more (each does it)");
    return true;
  });
});

Deno.test("trust gate: a power of the user's own counts as the tree's where another file says what it serves", async () => {
  const file = "/home/me/.atmos/atmos.yaml";
  const { trust } = gate({ files: { [file]: "" } });
  const saidBy = (...files: readonly string[]) => power({ file, source: () => ({ text: new Secret("s"), files }) });
  await trust.require([saidBy(), saidBy(file), saidBy(file, "environment variable ATMOS_X")]);
  const [asked] = await trust.untrusted([saidBy(file, FILE)]);
  deepEqual([asked?.place.file, asked?.reason], [file, `does it, for what ${FILE} says`]);
});
