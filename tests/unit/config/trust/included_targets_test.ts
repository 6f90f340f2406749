import { deepEqual, equal, notEqual } from "node:assert/strict";
import * as v from "valibot";
import { loadConfig } from "../../../../src/config/load_config.ts";
import { powersIn } from "../../../../src/config/schema/powers.ts";
import { ordinary, power } from "../../../../src/config/schema/trust_class.ts";
import { PowerHashes } from "../../../../src/config/trust/power_hash.ts";
import type { TrustedPower } from "../../../../src/config/trust/trust_list.ts";
import { configWorld, NOTHING_NAMED } from "../../../support/config/config_files.ts";

const REPO = "/home/me/repo";
const SCHEMA = v.object({
  v: ordinary(v.string()),
  url: power(v.string(), "sets where it goes"),
  list: ordinary(v.array(v.string())),
});
const FILES = {
  [`${REPO}/.git/config`]: "",
  [`${REPO}/base/x.yaml`]: "v: x",
  "/home/me/one/o.yaml": "v: first\nurl: https://first\nx: {v: first}\n",
  "/home/me/two/o.yaml": "v: second\nurl: https://second\nx: {v: second}\n",
};

interface Case {
  /** atmos.yaml. */
  readonly text: string;
  /** Of the repository. */
  readonly links?: readonly (readonly [path: string, target: string])[];
  readonly files?: Readonly<Record<string, string>>;
}

async function trusted({ text, links = [], files = {} }: Case): Promise<TrustedPower> {
  const { host, disk } = configWorld({ files: { ...FILES, [`${REPO}/atmos.yaml`]: text, ...files } });
  for (const [path, to] of links) disk.symlink(`${REPO}/${path}`, { to });
  const { root, problems } = await loadConfig(host, NOTHING_NAMED);
  deepEqual(problems, []);
  const { key, value } = root.entries.get("x")!;
  const [found, ...more] = powersIn(SCHEMA, { located: value, key, path: ["x"] });
  deepEqual([found !== undefined, more], [true, []]);
  return (await new PowerHashes(host).of(found!)).record;
}

/** What each says, and where the link in it stands; `o.yaml` is in both places that it may lead to. */
const FILE_LINK = "lk.yaml";
const LINKED: readonly (readonly [text: string, path: string])[] = [
  ["x: {v: !include lk.yaml .v}\n", FILE_LINK],
  ["x: {url: !include lk.yaml .url}\n", FILE_LINK],
  ["x: {v: !include.raw lk.yaml }\n", FILE_LINK],
  ["base_path: base\nx: {v: !include lk.yaml .v}\n", `base/${FILE_LINK}`],
  ["x: {v: !include d/o.yaml .v}\n", "d"],
  [`x: {v: !include ${REPO}/d/o.yaml .v}\n`, "d"],
  ["x: {list: [a, !include d/o.yaml .v]}\n", "d"],
  ["x: {list: !append [!include d/o.yaml .v]}\n", "d"],
  ["x: {<<: !include d/o.yaml .x}\n", "d"],
  ["x: !include d/o.yaml .x\n", "d"],
  ["<<: !include d/o.yaml\n", "d"],
  ["import: [lk.yaml]\n", FILE_LINK],
  ["import: ['d/*.yaml']\n", "d"],
  [`import: [${REPO}/d/o.yaml]\n`, "d"],
];

for (const [text, path] of LINKED) {
  Deno.test(`trust of a file beyond the tree ends where a link leads to another: ${text.trim()}`, async () => {
    const isFile = path.endsWith(FILE_LINK);
    const whole = text.includes("lk.yaml]") || text.includes("import: [") || text.startsWith("<<") ||
      text.includes("*");
    const files = whole ? { "/home/me/one/o.yaml": "x: {v: first}\n", "/home/me/two/o.yaml": "x: {v: second}\n" } : {};
    const at = (place: string) =>
      trusted({ text, files, links: [[path, isFile ? `/home/me/${place}/o.yaml` : `/home/me/${place}`]] });
    const [one, two] = [await at("one"), await at("two")];
    equal(one.path, two.path);
    notEqual(one.hash, two.hash);
    equal(one.value.endsWith(` -> "/home/me/one/o.yaml"`), true, one.value);
    equal((await at("one")).hash, one.hash);
  });
}

Deno.test("trust of an include with a relative path is for the file that it leads to", async () => {
  const text = (path: string) => `x: {v: !include ${path} .v}\n`;
  const relative = await trusted({ text: text("../one/o.yaml") });
  equal(relative.value, '!include ../one/o.yaml .v -> "/home/me/one/o.yaml"');
  for (const path of ["~/one/o.yaml", "/home/me/one/o.yaml"]) {
    equal((await trusted({ text: text(path) })).value, `!include ${path} .v`);
  }
});

Deno.test("trust of a file that an imported one from beyond the tree imports is for where that is", async () => {
  const files = {
    "/home/me/one/o.yaml": "import: [./p.yaml]\n",
    "/home/me/one/p.yaml": "x: {v: first}\n",
    "/home/me/two/p.yaml": "x: {v: second}\n",
  };
  const at = (place: string) =>
    trusted({
      text: "import: [lk.yaml]\n",
      files,
      links: [[FILE_LINK, "/home/me/one/o.yaml"], ["p.yaml", `/home/me/${place}/p.yaml`]],
    });
  const [one, two] = [await at("one"), await at("two")];
  equal(one.value, 'import: lk.yaml -> "/home/me/one/p.yaml"');
  notEqual(one.hash, two.hash);
});

Deno.test("trust of what an included file of the tree fetches in turn ends with the value", async () => {
  const at = (call: string) =>
    trusted({ text: "x: {v: !include in.yaml .v}\n", files: { [`${REPO}/in.yaml`]: `v: !include ${call}\n` } });
  notEqual((await at("~/one/o.yaml .v")).hash, (await at("~/two/o.yaml .v")).hash);
});

Deno.test("trust of a list from several calls is for each of them", async () => {
  const text = (call: string) => `import: [a.yaml]\nx: {list: !append [!include ~/one/o.yaml .v, ${call}]}\n`;
  const files = { [`${REPO}/a.yaml`]: "x: {list: !include ~/one/l.yaml }\n", "/home/me/one/l.yaml": "[a]\n" };
  const at = (call: string) => trusted({ text: text(call), files });
  notEqual((await at("a")).hash, (await at("!include ~/two/o.yaml .v")).hash);
});
