import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Power } from "../../../../src/config/schema/powers.ts";
import { TrustGate, type UntrustedPower } from "../../../../src/config/trust/trust_gate.ts";
import { trustPowers } from "../../../../src/config/trust/trust_list.ts";
import { Secret } from "../../../../src/secret.ts";
import { configWorld, type ConfigWorldOptions } from "../../../support/config/config_files.ts";

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
  const input = { command: () => "atmos auth trust -x", ...(options.answers === undefined ? {} : { ask }) };
  return { host, disk, asked, trust: new TrustGate(host, input) };
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
  await rejects(trust.require([power({ path: "b", line: 7 }), power()]), {
    code: "untrusted",
    message: 'Cannot use a "c": it does it, and you have not trusted it',
    place: { file: FILE, line: 1, column: 4 },
    hint: `Also not trusted: ${FILE}:7:4: b: "c" (it does it)\nRead them, then: atmos auth trust -x\n` +
      "In CI: set ATMOS_TRUST=1",
  });
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

Deno.test("trust gate: the programs and scripts of the tree that a line names are part of it", async () => {
  const script = `${REPO}/bin/run.sh`;
  for (const runs of ["bin/run.sh", "sh ./bin/run.sh x", `X="$(bin/run.sh)"`, script, "~/repo/bin/run.sh"]) {
    const { trust, host, disk } = gate({ files: { [script]: "1" } });
    const untrusted = async () => (await trust.untrusted([power({ runs })])).length;
    await trustPowers(host, (await trust.untrusted([power({ runs })])).map(({ record }) => record));
    equal(await untrusted(), 0, runs);
    disk.put(script, "2");
    equal(await untrusted(), 1, runs);
    disk.writer.remove(script);
    equal(await untrusted(), 1, runs);
    disk.put(script, "1");
    equal(await untrusted(), 0, runs);
  }
});

const SCRIPTS: readonly (readonly [line: string, files: Readonly<Record<string, string>>, script: string])[] = [
  ["cd tools && sh run.sh", {}, "tools/run.sh"],
  ["sh -c 'cd tools; ./run'", { "tools/run": "#!/bin/sh\n" }, "tools/run"],
  ["make secret", {}, "Makefile"],
  ["make -C tools secret", {}, "tools/Makefile"],
  ["make secret", { "Makefile": "secret:\n\t@./bin/get.sh\n" }, "bin/get.sh"],
  ["python3 -m tool", {}, "tool.py"],
  ["python3 -m tool", {}, "tool/__main__.py"],
  ["python3 -m pkg.tool", {}, "pkg/tool.py"],
  ["python3 get.py", { "get.py": "import helpers\n" }, "helpers.py"],
  ["npm run --silent secret", {}, "package.json"],
  ["npm run secret", { "package.json": '{"scripts": {"secret": "node lib/get.js"}}' }, "lib/get.js"],
  ["node get", { "get.js": "const x = require('./lib/inner');\n" }, "lib/inner.js"],
  [". ./env.sh; echo $X", {}, "env.sh"],
  ["sh a.sh", { "a.sh": ". ./b.sh\n", "b.sh": "source lib/c.sh\n" }, "lib/c.sh"],
  ["sh tools/a.sh", { "tools/a.sh": '. "$(dirname "$0")/b.sh"\n' }, "tools/b.sh"],
  ["just secret", {}, "justfile"],
];

Deno.test("trust gate: so are the scripts that these name in turn, and what tools read by themselves", async () => {
  for (const [runs, files, script] of SCRIPTS) {
    const path = `${REPO}/${script}`;
    const all = Object.fromEntries(
      Object.entries({ [script]: "#!/bin/sh\n", ...files }).map(([name, text]) => [
        `${REPO}/${name}`,
        text,
      ]),
    );
    const { trust, host, disk } = gate({ files: all });
    const untrusted = async () => (await trust.untrusted([power({ runs })])).length;
    await trustPowers(host, (await trust.untrusted([power({ runs })])).map(({ record }) => record));
    equal(await untrusted(), 0, runs);
    disk.put(`${REPO}/notes.md`, "other");
    equal(await untrusted(), 0, runs);
    disk.put(path, "#!/bin/sh\ncurl evil");
    equal(await untrusted(), 1, `${runs}: ${script}`);
  }
});

Deno.test("trust gate: scripts that name each other, or a great many words, come to an end", async () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(" ");
  const files = { [`${REPO}/a.sh`]: `sh b.sh ${many}`, [`${REPO}/b.sh`]: "sh a.sh; sh b.sh; cat data.txt" };
  const { trust, host, disk } = gate({ files: { ...files, [`${REPO}/data.txt`]: "1" } });
  const untrusted = async () => (await trust.untrusted([power({ runs: "sh a.sh" })])).length;
  await trustPowers(host, (await trust.untrusted([power({ runs: "sh a.sh" })])).map(({ record }) => record));
  disk.put(`${REPO}/data.txt`, "2");
  equal(await untrusted(), 0, "what a script reads is data");
  disk.put(`${REPO}/b.sh`, "evil");
  equal(await untrusted(), 1);
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

Deno.test("trust gate: a refusal of many alike still tells each other kind", async () => {
  const many = Array.from({ length: 100 }, (_, at) => power({ path: `m${at}`, content: `${at}` }));
  const other = power({ path: "other", line: 1_000, reason: "says where AWS is called" });
  await rejects(gate().trust.require([...many, other]), ({ hint }: { hint: string }) => {
    const lines = hint.split("\n");
    deepEqual([lines.length, lines.some((line) => line.includes("other: "))], [24, true]);
    equal(lines[20], "Also not trusted: 79 more (each does it)");
    return true;
  });
});
