import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { accountId, choice, duration, flag, region, remarks } from "../../../../src/auth/kinds/fields.ts";
import { IDENTITY_FIELDS } from "../../../../src/auth/kinds/identities/fields.ts";
import { loadConfig } from "../../../../src/config/load_config.ts";
import { findNamedHere, type Power, powersIn } from "../../../../src/config/schema/powers.ts";
import { ordinary, power } from "../../../../src/config/schema/trust_class.ts";
import type { Fetched } from "../../../../src/config/values/located.ts";
import { textAt } from "../../../../src/config/values/look_up.ts";
import { configWorld, type ConfigWorldOptions, NOTHING_NAMED } from "../../../support/config/config_files.ts";

const REPO = "/home/me/repo";
const FILE = `${REPO}/atmos.yaml`;

const SCHEMA = v.object({
  name: ordinary(v.string()),
  url: power(v.string(), "sets where it goes"),
  password: power(v.pipe(v.string(), remarks({ secret: true })), "is sent"),
  mode: power(v.string(), {
    reason: "opens it",
    unless: { is: "0600", holds: (_host, { value }) => value.kind === "scalar" && value.text === "0600" },
  }),
  beside: power(v.string(), {
    reason: "needs its neighbor",
    unless: {
      is: "what goes with a name",
      holds: (_host, { parent }) => textAt(parent, ["name"]) !== undefined,
    },
  }),
  program: power(v.string(), { reason: "is started", runs: true }),
  file: power(v.string(), { reason: "is read", namesFile: true }),
  region: ordinary(v.pipe(v.string(), remarks({ closed: true }))),
  key: ordinary(v.pipe(v.string(), remarks({ closed: ({ text }) => /^AKIA\w+$/.test(text) }))),
  unjudged: v.string(),
  map: v.object({ deep: power(v.string(), "is deep"), plain: ordinary(v.string()) }),
  env: v.array(power(v.object({ key: v.string(), value: v.string() }), "sets a variable")),
  list: ordinary(v.array(v.string())),
  tags: ordinary(v.record(v.string(), v.string())),
  whole: power(v.record(v.string(), v.any()), "is one thing"),
});

const OTHERS: Readonly<Record<string, string>> = {
  [`${REPO}/in.yaml`]: "name: inside\nurl: https://inside\n",
  [`${REPO}/in.txt`]: "inside",
  [`${REPO}/.git/config`]: "password",
  [`${REPO}/.git/HEAD`]: "",
  "/home/me/.aws/credentials": "aws_secret_access_key = s",
  "/home/me/out.yaml": "name: outside\nurl: https://outside\n",
};

interface Found extends Pick<Power, "isOrdinary" | "runs" | "names" | "isMadeAbsolute"> {
  readonly line: string;
  readonly content: string;
}

/** The powers in `x:` of an atmos.yaml. */
async function powers(
  x: string,
  { env = {}, files = {}, run = [] }: ConfigWorldOptions = {},
): Promise<readonly Found[]> {
  const { host } = configWorld({ files: { ...OTHERS, [FILE]: `x:\n${x.replace(/^/gm, "  ")}\n`, ...files }, env, run });
  const { root } = await loadConfig(host, NOTHING_NAMED);
  const { key, value } = root.entries.get("x")!;
  return powersIn(SCHEMA, { located: value, key, path: ["x"] })
    .filter((power) => power.isOrdinary?.(host) !== true)
    .map(({ path, place, shown, reason, content, ...rest }) => ({
      ...rest,
      line: `${place.file.slice(REPO.length + 1)}:${place.line}:${place.column}: ${path}: ${shown} ${reason}`,
      content: content.reveal(),
    }));
}

const lines = async (x: string, options: ConfigWorldOptions = {}) => (await powers(x, options)).map(({ line }) => line);

Deno.test("powers: fields of that class, each with its place, value and reason; ordinary ones are none", async () => {
  deepEqual(await lines("name: a\nregion: r\nkey: k\nlist: [a]\ntags: {a: b}\nmap: {plain: p}"), []);
  deepEqual(await lines("name: a\nurl: https://x\nmap:\n  plain: p\n  deep: down"), [
    'atmos.yaml:3:8: x.url: "https://x" sets where it goes',
    'atmos.yaml:6:11: x.map.deep: "down" is deep',
  ]);
});

Deno.test("powers: a field that no one has judged is one; a key that nothing reads is none; nor is an empty value", async () => {
  deepEqual(await lines("unjudged: a\nunknown: !env HOME\nmap: {other: {deep: 1}}"), [
    'atmos.yaml:2:13: x.unjudged: "a" may do anything',
  ]);
  deepEqual(await lines("url:\npassword: ~\nenv:\nmap: {deep: }"), []);
});

Deno.test("powers: unless what makes them ordinary holds, for the value or for what stands beside it", async () => {
  deepEqual(await lines('mode: "0600"'), []);
  deepEqual(await lines('mode: "0666"'), ['atmos.yaml:2:9: x.mode: "0666" opens it']);
  deepEqual(await lines("name: a\nbeside: b"), []);
  deepEqual(await lines("beside: b"), ['atmos.yaml:2:11: x.beside: "b" needs its neighbor']);
});

Deno.test("powers: nothing of a value is hidden or left out, whatever it looks like", async () => {
  const long = `/x/${"a".repeat(80)}/../../.bashrc`;
  const odd = [
    "~/.kube?x=/../../.bashrc",
    "/a//@/../.ssh/x",
    "http://a?b=/../../.bashrc",
    "a\nb",
    "\u200b\u202e",
    long,
    "https://x.example/?to=https://evil.example",
    `https://x.example/${"a".repeat(80)}?b`,
    "https://evil.example/@idp.example",
  ];
  for (const path of odd) {
    const [line] = await lines(`name: a\nurl: ${JSON.stringify(path)}`);
    equal(line, `atmos.yaml:3:8: x.url: ${JSON.stringify(path)} sets where it goes`);
  }
});

Deno.test("powers: of an address user and password are left out, and nothing that may be its host", async () => {
  const addresses = [
    ["http://me:hunter2@proxy.example:8080/x?y", "http://…@proxy.example:8080/x?y"],
    ["https://evil.example/me:a@idp.example", "https://evil.example/me:a@idp.example"],
    ["https://evil.example\\me:a@idp.example", "https://evil.example\\me:a@idp.example"],
    ["https://evil.example?me:a@idp.example", "https://evil.example?me:a@idp.example"],
    ["socks5://me:pa\\ss@proxy:1080", "socks5://…@proxy:1080"],
    ["http://me:p#ss@proxy:3128", "http://…@proxy:3128"],
    ["sh -c https://$(x)@idp.example", "sh -c https://$(x)@idp.example"],
  ] as const;
  for (const [url, shown] of addresses) {
    const [line] = await lines(`name: a\nurl: ${JSON.stringify(url)}`);
    equal(line, `atmos.yaml:3:8: x.url: ${JSON.stringify(shown)} sets where it goes`);
  }
});

Deno.test("powers: one that names a file has its path", async () => {
  deepEqual((await powers("file: ./tok\nurl: https://x")).map(({ names }) => names), ["./tok", undefined]);
});

Deno.test("powers: one that names a file tells whether another directory makes another one of it", async () => {
  const env = { ATMOS_TRUST: "1" };
  const named: readonly (readonly [said: string, printed: string, here: string | undefined])[] = [
    ["tok", "", `${REPO}/tok`],
    ["../tok", "", "/home/me/tok"],
    ["/x/tok", "", undefined],
    ["~/tok", "", undefined],
    ["!cwd tok", "", `${REPO}/tok`],
    ["!repo-root tok", "", `${REPO}`],
    ["!exec say", "tok", `${REPO}/tok`],
    ["!exec say", "~/tok", undefined],
    ["!exec say", "/x/tok", undefined],
  ];
  for (const [said, stdout, here] of named) {
    const { host } = configWorld({ files: OTHERS });
    const found = await powers(`file: ${said}`, { env, run: [{ status: 0, stdout, stderr: "" }] });
    deepEqual(
      found.map((power) => findNamedHere(host, power)).filter((path) => path !== undefined),
      here ? [here] : [],
    );
    equal(found.length, stdout === "" || here !== undefined ? 1 : 0, `${said} ${stdout}`);
  }
});

Deno.test("powers: a secret is not shown, wherever it comes from, and is in no text of the power", async () => {
  const [found] = await powers("password: hunter2");
  equal(found?.line, "atmos.yaml:2:13: x.password: [hidden] is sent");
  ok(found?.content.includes("hunter2"));
  const { host } = configWorld({ files: { [FILE]: "x: {password: hunter2}\n" } });
  const { root } = await loadConfig(host, NOTHING_NAMED);
  const { key, value } = root.entries.get("x")!;
  const text = JSON.stringify(powersIn(SCHEMA, { located: value, key, path: ["x"] }));
  deepEqual([text.includes("x.password"), text.includes("hunter2")], [true, false]);
});

Deno.test("powers: an item is one as a whole, and so is a mapping whose class stands at it", async () => {
  deepEqual(await lines("env:\n  - {key: A, value: a}\n  - {key: B, value: !env HOME}"), [
    'atmos.yaml:3:7: x.env[0]: {"key":"A","value":"a"} sets a variable',
    'atmos.yaml:4:7: x.env[1]: {"key":"B","value":"!env HOME"} sets a variable',
  ]);
  deepEqual(await lines("whole:\n  a: {b: [1, c]}"), [
    'atmos.yaml:2:3: x.whole: {"a":{"b":["1","c"]}} is one thing',
  ]);
});

Deno.test("powers: what was fetched is not shown inside a whole either; its value counts unless it is from beyond", async () => {
  const item = "env: [{key: B, value: !env TOKEN}]";
  const [one, two] = [{ env: { TOKEN: "t0ken" } }, { env: { TOKEN: "rotated" } }];
  const [found] = await powers(item, one);
  deepEqual([found?.line.includes("t0ken"), found?.content.includes("t0ken")], [false, false]);
  equal(found?.content, (await powers(item, two))[0]?.content);
  const included = "env: [{key: B, value: !include in.txt }]";
  const [inside] = await powers(included);
  equal(inside?.line, 'atmos.yaml:2:9: x.env[0]: {"key":"B","value":"!include in.txt"} sets a variable');
  ok(inside.content !== (await powers(included, { files: { [`${REPO}/in.txt`]: "changed" } }))[0]?.content);
});

Deno.test("powers: files of the tree that are usually the user's own reach beyond it, and what is in them counts", async () => {
  for (const name of [".env", ".env.local", "terraform.tfstate", "a.tfstate.backup"]) {
    const files = { [`${REPO}/${name}`]: name.startsWith(".env") ? "A=t0ken\n" : "t0ken" };
    deepEqual(await lines(`name: !include.raw ${name}`, { files }), [
      `atmos.yaml:2:9: x.name: !include.raw ${name} reaches beyond this configuration`,
    ]);
    const url = `url: !include.raw ${name}`;
    const [before] = await powers(url, { files });
    equal(before?.line, `atmos.yaml:2:8: x.url: !include.raw ${name} sets where it goes`);
    equal(before.content, (await powers(url, { files }))[0]?.content);
    ok(before.content !== (await powers(url, { files: { [`${REPO}/${name}`]: "A=other\n" } }))[0]?.content);
  }
  const linked = { "/home/me/.env": "A=t0ken\n" };
  const other = { "/home/me/.env": "A=rotated\n" };
  const url = "url: !include.raw ../.env";
  equal((await powers(url, { files: linked }))[0]?.content, (await powers(url, { files: other }))[0]?.content);
});

Deno.test("powers: what starts a program says which line", async () => {
  deepEqual((await powers("program: ./tool x")).map(({ runs }) => runs), ["./tool x"]);
  deepEqual((await powers("url: a")).map(({ runs }) => runs), [undefined]);
});

Deno.test("powers: an ordinary value that was fetched from beyond the tree is one, shown as the call", async () => {
  const env = { TOKEN: "t0ken" };
  const reaches = "reaches beyond this configuration";
  deepEqual(await lines("name: !env TOKEN", { env }), [`atmos.yaml:2:9: x.name: !env TOKEN ${reaches}`]);
  for (const file of ["~/.aws/credentials", "../out.yaml .name", ".git/config", "/home/me/out.yaml .name"]) {
    deepEqual(await lines(`name: !include ${file}`), [`atmos.yaml:2:9: x.name: !include ${file} ${reaches}`]);
  }
  deepEqual(await lines("list: [a, !env TOKEN, b, !env HOME]\ntags: {a: b, c: !env TOKEN}", { env }), [
    `atmos.yaml:2:13: x.list[1]: !env TOKEN ${reaches}`,
    `atmos.yaml:2:28: x.list[3]: !env HOME ${reaches}`,
    `atmos.yaml:3:19: x.tags.c: !env TOKEN ${reaches}`,
  ]);
  deepEqual(await lines("tags: !include ../out.yaml"), [`atmos.yaml:2:9: x.tags: !include ../out.yaml ${reaches}`]);
});

Deno.test("powers: what was fetched inside the tree, a default, or a value of a closed form is ordinary", async () => {
  const env = { AWS_REGION: "eu-west-1", KEY: "AKIAX", OTHER: "secret" };
  deepEqual(await lines("name: !include in.yaml .name\nlist: [!include in.txt ]"), []);
  deepEqual(await lines("name: !env UNSET own"), []);
  deepEqual(await lines("region: !env AWS_REGION\nkey: !env KEY", { env }), []);
  deepEqual(await lines("key: !env OTHER", { env }), [
    "atmos.yaml:2:8: x.key: !env OTHER reaches beyond this configuration",
  ]);
});

Deno.test("powers: what a template makes may spell anything, in a closed form, too", () => {
  const place = { file: FILE, line: 2, column: 3 };
  const found = (key: string, text: string) => {
    const value = { kind: "scalar", place, value: text, text, fetched: { ...MADE, place } } as const;
    const located = { kind: "map", place, entries: new Map([[key, { key: place, value }]]) } as const;
    return powersIn(SCHEMA, { located, key: place, path: ["x"] }).map(({ path, shown }) => `${path} ${shown}`);
  };
  deepEqual(found("region", "r"), ["x.region {{ .a }}"]);
  deepEqual(found("key", "AKIAX"), ["x.key {{ .a }}"]);
});

const MADE = { call: "{{ .a }}", isBeyond: true, isMade: true } as const;

Deno.test("powers: what is fetched inside reaches out all the same where its own value does", async () => {
  const files = { [`${REPO}/in.yaml`]: "name: !env HOME\nother: !include ../out.yaml .name\n" };
  for (const part of ["name", "other"]) {
    deepEqual(await lines(`name: !include in.yaml .${part}`, { files }), [
      `atmos.yaml:2:9: x.name: !include in.yaml .${part} reaches beyond this configuration`,
    ]);
  }
});

Deno.test("powers: a fetched power stands where the call stands; its value counts unless it comes from beyond", async () => {
  const content = async (x: string, options: ConfigWorldOptions = {}) => (await powers(x, options))[0]!.content;
  deepEqual(await lines("url: !include in.yaml .url"), [
    "atmos.yaml:2:8: x.url: !include in.yaml .url sets where it goes",
  ]);
  const changed = { [`${REPO}/in.yaml`]: "url: https://changed\n" };
  const call = "url: !include in.yaml .url";
  equal(await content(call) === await content(call, { files: changed }), false);
  const [one, two] = [{ env: { URL: "https://1" } }, { env: { URL: "https://2" } }];
  equal(await content("url: !env URL", one), await content("url: !env URL", two));
  deepEqual(await lines("url: !env URL", one), ["atmos.yaml:2:8: x.url: !env URL sets where it goes"]);
});

Deno.test("powers: another value, another content; where it stands does not matter", async () => {
  const content = async (x: string) => (await powers(x)).map((one) => one.content);
  deepEqual(await content("url: a"), await content("name: b\nurl: a"));
  ok(String(await content("url: a")) !== String(await content("url: b")));
  ok(String(await content("env: [{key: A, value: a}]")) !== String(await content("env: [{key: A, value: b}]")));
});

Deno.test("powers: of a whole the short parts are shown first, so that a long value hides no name", async () => {
  const [env] = await powers(`env: [{value: "${"x".repeat(40)}", key: BASH_ENV}]`);
  const text = `{"key":"BASH_ENV","value":"${"x".repeat(40)}"}`;
  equal(env!.line, `atmos.yaml:2:9: x.env[0]: ${text} sets a variable`);
});

Deno.test("powers: imports from beyond the tree are marked as a whole", async () => {
  const files = { [FILE]: "import: [/home/me/out2.yaml]\n", "/home/me/out2.yaml": "x: {name: a, region: r, url: u}\n" };
  const { host } = configWorld({ files });
  const { root } = await loadConfig(host, NOTHING_NAMED);
  const { key, value } = root.entries.get("x")!;
  deepEqual(powersIn(SCHEMA, { located: value, key, path: ["x"] }).map(({ path, shown }) => [path, shown]), [
    ["x.name", "import: /home/me/out2.yaml"],
    ["x.url", "import: /home/me/out2.yaml"],
  ]);
});

Deno.test("powers: what a command prints is none, since the command is one itself; so in a whole the command counts", async () => {
  const run = (stdout: string): ConfigWorldOptions => ({
    env: { ATMOS_TRUST: "1" },
    run: [{ status: 0, stdout, stderr: "" }],
  });
  for (const x of ["url: !exec find-url", "name: !exec find-name", "map: !exec find-map", "password: !exec pass"]) {
    deepEqual(await lines(x, run('{"deep": "a"}')), [], x);
    deepEqual(await lines(x), [], `${x}, not run`);
  }
  const item = "env: [{key: B, value: !exec token}]";
  deepEqual(await lines(item, run("t0ken")), [
    'atmos.yaml:2:9: x.env[0]: {"key":"B","value":"!exec token"} sets a variable',
  ]);
  equal((await powers(item, run("one")))[0]?.content, (await powers(item, run("two")))[0]?.content);
  equal((await powers(item))[0]?.content, (await powers(item, run("one")))[0]?.content);
});

Deno.test("powers: what a file lays over what a command prints is one all the same", async () => {
  const files = { [`${REPO}/a.yaml`]: "x: !exec find-x\n" };
  const env = { TOKEN: "t0ken", ATMOS_TRUST: "1" };
  const over = (text: string, stdout: string) =>
    lines("", {
      env,
      files: { ...files, [FILE]: `import: [./a.yaml]\nx: ${text}\n` },
      run: [{ status: 0, stdout, stderr: "" }],
    });
  deepEqual(await over("{url: https://evil}", '{"name": "a"}'), [
    'atmos.yaml:2:10: x.url: "https://evil" sets where it goes',
  ]);
  deepEqual(await over("{list: !append [!env TOKEN]}", '{"list": ["a"]}'), [
    "atmos.yaml:2:20: x.list[1]: !env TOKEN reaches beyond this configuration",
  ]);
});

Deno.test("powers: where this machine keeps the tree is not for AWS unasked, whatever carries it there", async () => {
  const git = { files: { [`${REPO}/.git/HEAD`]: "" } };
  for (const call of ["!cwd", "!cwd sub", "!repo-root"]) {
    deepEqual(await lines(`name: ${call}`, git), [`atmos.yaml:2:9: x.name: ${call} reaches beyond this configuration`]);
    deepEqual((await lines(`list: [a, ${call}]\ntags: {a: ${call}}`, git)).length, 2);
  }
  const [path] = await powers("file: !cwd sub");
  deepEqual([path?.line, path?.names], [`atmos.yaml:2:9: x.file: "${REPO}/sub" is read`, `${REPO}/sub`]);
});

/** Fields of few values: each may be one of many that together spell a text. */
const FEW_VALUES: Readonly<Record<string, readonly [schema: v.GenericSchema, text: string]>> = {
  region: [region("a region"), "us-east-2"],
  account: [accountId("an account"), "123456789012"],
  switch: [flag("a switch"), "true"],
  word: [choice(["a", "b"], "a word"), "a"],
  duration: [duration({ about: "a duration" }), "1h"],
};

/** The powers of one such field with a value that was fetched so. */
function ofField(schema: v.GenericSchema, text: string, fetched: Fetched): readonly string[] {
  const located = { kind: "scalar", place: fetched.place, value: text, text, fetched } as const;
  return powersIn(ordinary(schema), { located, key: fetched.place, path: ["x"] }).map(({ shown }) => shown);
}

Deno.test("powers: few values of a field leave room for bits of anything, so one from beyond needs trust", () => {
  const place = { file: FILE, line: 1, column: 1 };
  const calls = [{ call: "!env OTHER" }, { call: "!include.raw ~/x" }, { ...MADE, call: '{{ env "AWS_REGION" }}' }];
  for (const [name, [schema, text]] of Object.entries(FEW_VALUES)) {
    for (const call of calls) deepEqual(ofField(schema, text, { isBeyond: true, place, ...call }), [call.call], name);
    deepEqual(ofField(schema, text, { isBeyond: false, place, call: "!include in.txt" }), [], name);
  }
});

Deno.test("powers: a region that programs are given is ordinary as the tree writes it, or the variables of the region", async () => {
  const env = { AWS_REGION: "us-east-2", OTHER: "us-east-2" };
  const isOrdinary = async (value: string) => {
    const files = { [FILE]: `env: [{key: AWS_REGION, value: ${value}}]\n`, [`${REPO}/in.txt`]: "us-east-2" };
    const { host } = configWorld({ files, env });
    const { root } = await loadConfig(host, NOTHING_NAMED);
    const { key, value: located } = root.entries.get("env")!;
    const [found] = powersIn(IDENTITY_FIELDS.env, { located, key, path: ["env"] });
    return found?.isOrdinary?.(host);
  };
  for (const value of ["us-east-2", "!env AWS_REGION", "!include in.txt"]) equal(await isOrdinary(value), true, value);
  for (const value of ["!env OTHER", "x"]) equal(await isOrdinary(value), false, value);
});

Deno.test("powers: the variables of the region say it, as long as nothing makes something of them", () => {
  const [schema, text] = FEW_VALUES["region"]!;
  const place = { file: FILE, line: 1, column: 1 };
  const isFree = (call: string, more: Partial<Fetched> = {}) =>
    ofField(schema, text, { call, place, isBeyond: true, ...more }).length === 0;
  const free = ["AWS_REGION", "AWS_DEFAULT_REGION", "ATMOS_AWS_REGION", "AWS_REGION us-east-2", '"AWS_REGION" x'];
  deepEqual(free.filter((name) => !isFree(`!env ${name}`)), []);
  const others = ["AWS_REGIONS", "MY_AWS_REGION", "HOME_REGION", 'AWS_REGION{{ env "TOKEN" }}', "AWS_PROFILE"];
  deepEqual(others.filter((name) => isFree(`!env ${name}`)), []);
  const made = [{ isMade: true }, { isByValue: true }, { overCommand: true }] as const;
  deepEqual(made.filter((one) => isFree("!env AWS_REGION", one)), []);
});
