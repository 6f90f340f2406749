import { deepEqual, ok } from "node:assert/strict";
import type { GenericSchema } from "valibot";
import { findConfigChanges } from "../../../../src/cli/project/config_changes.ts";
import { loadConfig } from "../../../../src/config/load_config.ts";
import { getFields } from "../../../../src/config/schema/schema.ts";
import { trustCommand } from "../../../../src/config/trust/trust_command.ts";
import { TrustGate } from "../../../../src/config/trust/trust_gate.ts";
import type { Located } from "../../../../src/config/values/located.ts";
import { validateAuth } from "../../../../src/integrations/validate_auth.ts";
import { configWorld, NOTHING_NAMED } from "../../../support/config/config_files.ts";
import { registeredKinds } from "../../../support/config/kinds.ts";
import type { MemoryFiles } from "../../../support/host/memory_files.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";

const OWN = "/home/me/.atmos/atmos.yaml";
const CLONE = "/home/me/repo/atmos.yaml";

/** Returns what needs trust where a clone's configuration is laid over the user's own: `path: value reason`. */
async function untrusted(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  prepare: (disk: MemoryFiles) => void = () => {},
): Promise<readonly string[]> {
  const { host, disk } = configWorld({ files, env });
  prepare(disk);
  const config = await loadConfig(host, NOTHING_NAMED);
  const { model, root } = await validateAuth(host, config.root);
  const changes = await findConfigChanges(host, { config, root });
  const gate = new TrustGate(host, { command: () => trustCommand(host, NOTHING_NAMED) });
  ok(changes.every(({ place }) => place.file !== OWN), "a change is the other file's");
  return (await gate.untrusted([...changes, ...model.powers])).map(({ path, shown, reason }) =>
    `${path}: ${shown} ${reason}`
  );
}

const CHANGES = "changes what your own configuration says";
const nest = (keys: readonly string[], value: string) =>
  keys.map((key, at) => `\n${"  ".repeat(at)}${key}:`).join("") + ` ${value}\n`;
const indent = (text: string) => text.replace(/^(?=.)/gm, "    ");

/** The ways to every field of a schema that has no fields itself. */
function fieldsIn(schema: GenericSchema): readonly (readonly string[])[] {
  const fields = getFields(schema);
  if (fields === undefined) return [[]];
  return Object.entries(fields).flatMap(([name, inner]) => fieldsIn(inner).map((keys) => [name, ...keys]));
}

/** Whether an entry has a value there. */
function has(located: Located | undefined, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return located !== undefined;
  return located?.kind === "map" && has(located.entries.get(name)?.value, rest);
}

Deno.test("configuration changes: a clone may change no field of the user's own entries unasked, of any kind", async () => {
  let tried = 0;
  for (const { section, kind } of await registeredKinds()) {
    if (section === "keyring") continue;
    const own = `auth:\n  ${section}:\n${indent(kind.example)}`;
    const [name, { value }] = [...locatedFrom(kind.example).entries][0]!;
    for (const keys of fieldsIn(kind.schema).filter(([first]) => first !== "kind")) {
      // Which identity is the default others may say; that the user's own is none they may not.
      const isFree = keys.join() === "default" && section !== "integrations" && !has(value, keys);
      for (const laid of has(value, keys) ? ["null", "changed"] : ["changed"]) {
        const clone = nest(["auth", section, JSON.stringify(name), ...keys], laid);
        const found = await untrusted({ [OWN]: own, [CLONE]: clone });
        const isAsked = found.some((one) => one.includes(keys[0]!) && (laid !== "null" || one.endsWith(CHANGES)));
        ok(isAsked !== isFree, `${kind.name} ${keys.join(".")}: ${laid}: ${found.join("; ")}`);
        tried++;
      }
    }
  }
  ok(tried > 150, String(tried));
});

const PROD = (more: string) =>
  `auth:
  identities:
    prod:
      kind: aws/assume-role
      via: {provider: sso}
      principal: {assume_role: "arn:aws:iam::123456789012:role/prod"${more}}
`;
const NARROW = PROD(", policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]");
const POLICIES = "auth.identities.prod.principal.policy_arns";

Deno.test("configuration changes: what is said again as it is, and what no file of the user's says, is no change", async () => {
  deepEqual(await untrusted({ [OWN]: NARROW, [CLONE]: NARROW }), []);
  deepEqual(await untrusted({ [CLONE]: NARROW, "/home/me/repo/.atmos.d/a.yaml": PROD("") }), []);
  deepEqual(await untrusted({ [OWN]: NARROW, "/home/me/.atmos/atmos.d/x.yaml": PROD(", policy_arns: null") }), []);
  deepEqual(await untrusted({ [OWN]: NARROW, [CLONE]: "auth: {identities: {theirs: {kind: aws/ambient}}}\n" }), []);
  deepEqual(await untrusted({ [OWN]: NARROW, [CLONE]: "auth: {identities: {prod: {default: true}}}\n" }), []);
});

Deno.test("configuration changes: it is told once, with its value, however many files of a clone are laid over", async () => {
  const gone = PROD(", policy_arns: null");
  const expected = [`${POLICIES}: null ${CHANGES}`];
  deepEqual(await untrusted({ [OWN]: NARROW, [CLONE]: gone }), expected);
  deepEqual(await untrusted({ [OWN]: NARROW, [CLONE]: NARROW, "/home/me/repo/.atmos.d/z.yaml": gone }), []);
  deepEqual(await untrusted({ [OWN]: NARROW, "/home/me/repo/.atmos.d/z.yaml": gone }), expected);
  deepEqual(await untrusted({ [OWN]: NARROW, [CLONE]: PROD(", policy_arns: !append [a]") }), [
    `${POLICIES}: ["arn:aws:iam::aws:policy/ReadOnlyAccess","a"] ${CHANGES}`,
  ]);
  deepEqual(await untrusted({ [OWN]: PROD(""), [CLONE]: PROD(", tags: {team: admin}") }), [
    `auth.identities.prod.principal.tags: {"team":"admin"} ${CHANGES}`,
  ]);
});

Deno.test("configuration changes: emptied in one file and said anew in another is changed", async () => {
  const anew = PROD("").replace("123456789012", "210987654321");
  for (const empty of ["auth: null", "auth: []", "auth: {identities: null}", "auth: {identities: {prod: null}}"]) {
    const found = await untrusted({
      [OWN]: NARROW,
      [CLONE]: `import: [a.yaml, b.yaml]\n`,
      "/home/me/repo/a.yaml": `${empty}\n`,
      "/home/me/repo/b.yaml": anew,
    });
    ok(found.some((one) => one.includes("assume_role") && one.endsWith(CHANGES)), `${empty}: ${found.join()}`);
    ok(found.includes(`${POLICIES}: null ${CHANGES}`), `${empty}: ${found.join()}`);
  }
  for (const empty of ["auth: null", "auth: []", "auth: {identities: null}", "auth: {identities: {prod: null}}"]) {
    ok((await untrusted({ [OWN]: NARROW, [CLONE]: `${empty}\n` })).length > 0, empty);
  }
});

Deno.test("configuration changes: a profile of the user's own that a clone chooses, turns off or takes the place of", async () => {
  const wide = "auth: {identities: {prod: {principal: {policy_arns: null}}}}\n";
  const files = { [OWN]: NARROW, "/home/me/.config/atmos/profiles/wide/x.yaml": wide };
  const expected = [`${POLICIES}: null ${CHANGES}`];
  deepEqual((await untrusted({ ...files, [CLONE]: "profiles: {default: wide}\n" })).at(-1), expected[0]);
  ok((await untrusted({ ...files, [CLONE]: "env: {ATMOS_PROFILE: wide}\n" })).includes(expected[0]!));
  deepEqual(await untrusted({ ...files, [CLONE]: "a: b\n" }, { ATMOS_PROFILE: "wide" }), []);
  const narrow = { ...files, "/home/me/.config/atmos/profiles/narrow/x.yaml": NARROW, [OWN]: PROD("") };
  deepEqual(await untrusted({ ...narrow, [CLONE]: "a: b\n" }, { ATMOS_PROFILE: "narrow" }), []);
  const place = "/home/me/repo/.atmos/profiles/narrow/x.yaml";
  const taken = await untrusted({ ...narrow, [CLONE]: "a: b\n", [place]: "a: b\n" }, { ATMOS_PROFILE: "narrow" });
  deepEqual(taken, expected);
  const chosen = { ...narrow, [OWN]: `profiles: {default: narrow}\n${PROD("")}` };
  deepEqual(await untrusted(chosen), []);
  for (const off of ["null", '{default: ""}', "{default: []}", "{default: null}"]) {
    deepEqual(await untrusted({ ...chosen, [CLONE]: `profiles: ${off}\n` }), expected, off);
  }
});

Deno.test("configuration changes: a secret is not shown, and neither is that of the user's own file", async () => {
  const user = (secret: string) =>
    `auth: {identities: {me: {kind: aws/user, credentials: {access_key_id: AKIAIOSFODNN7EXAMPLE, secret_access_key: ${secret}}}}}\n`;
  const found = await untrusted({ [OWN]: user("hunter1hunter1"), [CLONE]: user("hunter2hunter2") });
  ok(found.length > 0);
  ok(!/hunter/.test(found.join()), found.join());
});

Deno.test("configuration changes: the keyring of the user's own configuration", async () => {
  const keyring = (says: string) => `auth: {keyring: ${says}}\n`;
  deepEqual(await untrusted({ [OWN]: keyring("{type: memory}"), [CLONE]: keyring("null") }), [
    `auth.keyring: null ${CHANGES}`,
  ]);
  deepEqual(await untrusted({ [OWN]: keyring("{type: memory}"), [CLONE]: keyring("{type: system}") }), [
    `auth.keyring.type: "system" ${CHANGES}`,
  ]);
});

Deno.test("configuration changes: a variable that the user's own configuration gives to every program", async () => {
  const own = "env: {HTTPS_PROXY: http://proxy, AWS_REGION: us-east-1}\nauth: {}\n";
  const laid = (says: string) => untrusted({ [OWN]: own, [CLONE]: `env: ${says}\n` });
  deepEqual(await laid("{HTTPS_PROXY: null}"), [`env.HTTPS_PROXY: null ${CHANGES}`]);
  deepEqual(await laid("{HTTPS_PROXY: http://x}"), [
    `env.HTTPS_PROXY: "http://x" ${CHANGES}`,
    'env.HTTPS_PROXY: "http://x" sets a variable for programs and shells',
  ]);
  deepEqual(await laid("null"), [`env: null ${CHANGES}`]);
  deepEqual(await laid("{AWS_REGION: null}"), [`env.AWS_REGION: null ${CHANGES}`]);
});

Deno.test("configuration changes: a name that an alias of the user's own has", async () => {
  const own = PROD("").replace("principal:", "alias: live\n      principal:");
  const clone = (entry: string) => `auth: {identities: {${entry}}}\n`;
  for (
    const entry of ["live: {kind: aws/ambient}", "LIVE: {kind: aws/ambient}", "x: {kind: aws/ambient, alias: Live}"]
  ) {
    const found = await untrusted({ [OWN]: own, [CLONE]: clone(entry) });
    ok(found.some((one) => one.endsWith(CHANGES)), `${entry}: ${found.join()}`);
  }
  deepEqual(await untrusted({ [OWN]: own, [CLONE]: clone("other: {kind: aws/ambient, alias: mine}") }), []);
});

Deno.test("configuration changes: a name of the user's own in other letters", async () => {
  const own = `${
    PROD("")
  }  providers: {sso: {kind: aws/iam-identity-center}}\n  integrations: {dev/eks: {kind: aws/eks}}\n`;
  for (
    const [section, name, kind] of [
      ["identities", "Prod", "aws/ambient"],
      ["providers", "SSO", "aws/iam-identity-center"],
      ["integrations", "DEV/eks", "aws/eks"],
    ] as const
  ) {
    const added = (called: string) => untrusted({ [OWN]: own, [CLONE]: nest(["auth", section, called, "kind"], kind) });
    const found = await added(name);
    ok(found.some((one) => one.includes(name) && one.endsWith(CHANGES)), `${name}: ${found.join()}`);
    deepEqual(await added(`${name}x`), [], name);
  }
});

Deno.test("configuration changes: a name that a login of the user's own may find, until it has looked", async () => {
  const provider = "{kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1";
  const own = (more: string) => `auth: {providers: {corp: ${provider}${more}}}}\n`;
  const clone = (name: string, more = "") =>
    `auth: {identities: {${name}: {${more}kind: aws/permission-set, via: {provider: corp}, principal: {name: Admin, account: "210987654321"}}}}\n`;
  const finds = own(", auto_provision_identities: true");
  deepEqual(await untrusted({ [OWN]: finds, [CLONE]: clone("deploy") }), []);
  deepEqual(await untrusted({ [OWN]: own(""), [CLONE]: clone("Dev/Admin") }), []);
  for (const text of [clone("Dev/Admin"), clone("dev/ADMIN"), clone("x", "alias: Dev/Admin, ")]) {
    const found = await untrusted({ [OWN]: finds, [CLONE]: text });
    deepEqual(found.length, 1, text);
    ok(found[0]!.endsWith(CHANGES), found[0]);
  }
});

Deno.test("configuration changes: what only others say of the way to an identity of the user's own", async () => {
  const sso = "{kind: aws/iam-identity-center, region: us-east-1, start_url: https://x.awsapps.com/start}";
  for (const name of ["sso", "SSO"]) {
    const found = await untrusted({ [OWN]: PROD(""), [CLONE]: `auth: {providers: {${name}: ${sso}}}\n` });
    deepEqual(found.map((one) => one.split(": ")[0]), ["auth.identities.prod.via.provider"]);
    ok(found.join().endsWith(CHANGES), found.join());
  }
  const older = PROD("").replace("via: {provider: sso}", "provider: sso");
  const completed = await untrusted({ [OWN]: older, [CLONE]: `auth: {providers: {sso: ${sso}}}\n` });
  deepEqual(completed.map((one) => one.split(": ")[0]), ["auth.identities.prod.via.provider"]);
  const linked = PROD("").replace("provider: sso", "identity: base");
  const base = "auth: {identities: {base: {kind: aws/ambient}}}\n";
  ok((await untrusted({ [OWN]: linked, [CLONE]: base })).join().startsWith("auth.identities.prod.via.identity: "));
  const whole = `${PROD("")}  providers: {sso: ${sso}}\n`;
  deepEqual(await untrusted({ [OWN]: whole, [CLONE]: `auth: {providers: {other: ${sso}}}\n` }), []);
  deepEqual(await untrusted({ [CLONE]: whole }), []);
});

Deno.test("configuration changes: profiles are all that the user has, or lie elsewhere", async () => {
  const profiles = "/home/me/.config/atmos/profiles";
  const alone = { [`${profiles}/p/x.yaml`]: NARROW };
  const env = { ATMOS_PROFILE: "p" };
  const wide = "auth: {identities: {prod: {principal: {policy_arns: null}}}}\n";
  deepEqual(await untrusted({ ...alone, [CLONE]: "a: b\n" }, env), []);
  deepEqual(await untrusted({ ...alone, [CLONE]: wide.replace("null", "[a]") }, env), []);
  const added = "auth: {identities: {prod: {principal: {tags: {a: b}}}}}\n";
  deepEqual(await untrusted({ ...alone, [CLONE]: added }, env), [
    `auth.identities.prod.principal.tags: {"a":"b"} ${CHANGES}`,
  ]);
  const shadowed = { ...alone, "/home/me/repo/.atmos/profiles/p/x.yaml": PROD("") };
  deepEqual(await untrusted({ ...shadowed, [CLONE]: "a: b\n" }, env), [`${POLICIES}: null ${CHANGES}`]);
  const redirected = await untrusted({
    ...alone,
    "/home/me/.config/atmos/clients/p/x.yaml": PROD(""),
    [CLONE]: "profiles: {base_path: ~/.config/atmos/clients}\n",
  }, env);
  ok(redirected.includes(`${POLICIES}: null ${CHANGES}`), redirected.join());
  const chained = {
    [OWN]: "logs: {level: Info}\n",
    [`${profiles}/a/x.yaml`]: "profiles: {base_path: ~/.config/atmos/more}\n",
    "/home/me/.config/atmos/more/b/x.yaml": NARROW,
    [CLONE]: "a: b\n",
  };
  deepEqual(await untrusted(chained, { ATMOS_PROFILE: "a,b" }), []);
  const beside = "/home/me/.config/atmos/work";
  const named = { [`${beside}/atmos.yaml`]: PROD(""), [`${beside}/profiles/p/x.yaml`]: NARROW, [CLONE]: "a: b\n" };
  deepEqual(await untrusted(named, { ...env, ATMOS_CLI_CONFIG_PATH: beside }), []);
});

const WIDE = "auth: {identities: {prod: {principal: {policy_arns: null}}}}\n";

Deno.test("configuration changes: what the user keeps in HOME is theirs, be it a link or writable by their group", async () => {
  const expected = [`${POLICIES}: null ${CHANGES}`];
  const kept = "/home/me/dotfiles/atmos.yaml";
  const places: Readonly<Record<string, readonly [file: string, prepare: (disk: MemoryFiles) => void]>> = {
    "a file of mode 0664": [OWN, (disk) => disk.put(OWN, NARROW, { mode: 0o664 })],
    "a link": [kept, (disk) => disk.symlink(OWN, { to: kept })],
    "a directory that is a link": [kept, (disk) => disk.symlink("/home/me/.atmos", { to: "/home/me/dotfiles" })],
  };
  for (const [what, [file, prepare]] of Object.entries(places)) {
    const found = (clone: string) => untrusted({ [file]: NARROW, [CLONE]: clone }, {}, prepare);
    deepEqual(await found(WIDE), expected, what);
    deepEqual(await found("a: b\n"), [], what);
  }
});

Deno.test("configuration changes: what another user has put into the system's directory is not the user's", async () => {
  const system = "/usr/local/etc/atmos/atmos.yaml";
  const found = (uid: number) =>
    untrusted({ [OWN]: NARROW }, {}, (disk) => disk.put(system, "auth: {identities: {prod: {tags: [x]}}}\n", { uid }));
  deepEqual(await found(0), []);
  deepEqual(await found(1001), [`auth.identities.prod.tags: ["x"] ${CHANGES}`]);
});

Deno.test("configuration changes: what the user's files import from elsewhere is theirs in a repository", async () => {
  const team = "/home/me/team/auth.yaml";
  const named = "/home/me/infra/atmos.yaml";
  const env = { ATMOS_CLI_CONFIG_PATH: "/home/me/infra" };
  for (const [file, variables] of [[OWN, {}], [named, env]] as const) {
    const files = { [file]: `import: [${team}]\n`, [team]: "auth: {identities: {mine: {kind: aws/user}}}\n" };
    const asked = await untrusted({ ...files, [CLONE]: "logs: {level: Info}\n" }, variables);
    deepEqual(asked.filter((one) => one.endsWith(CHANGES)), [], file);
    const { host } = configWorld({ files: { ...files, [CLONE]: "logs: {level: Info}\n" }, env: variables });
    deepEqual((await loadConfig(host, NOTHING_NAMED)).loginDirectory, file.slice(0, file.lastIndexOf("/")));
  }
});

Deno.test("configuration changes: profiles that the user's own files lead to, wherever they lie, and what these import", async () => {
  const expected = [`${POLICIES}: null ${CHANGES}`];
  const profile = (base: string, text: string) => ({
    [OWN]: `profiles: {base_path: ${base}, default: [me]}\n`,
    "/home/me/mine/p/me/atmos.yaml": text,
  });
  const theirs = { "/home/me/repo/pp/me/atmos.yaml": PROD(""), [CLONE]: "profiles: {base_path: /home/me/repo/pp}\n" };
  for (const base of ["~/mine/p", "/home/me/mine/p"]) {
    const own = profile(base, NARROW);
    deepEqual(await untrusted({ ...own, [CLONE]: "a: b\n" }), [], base);
    deepEqual((await untrusted({ ...own, ...theirs })).at(-1), expected[0], base);
    const off = await untrusted({ ...own, [CLONE]: `profiles: {default: []}\n${PROD("")}` });
    ok(off.includes(expected[0]!), off.join());
  }
  const imported = {
    "/home/me/.config/atmos/profiles/me/atmos.yaml": "import: [/home/me/mine/x.yaml]\n",
    "/home/me/mine/x.yaml": NARROW,
    [OWN]: "profiles: {default: [me]}\n",
  };
  deepEqual(await untrusted({ ...imported, [CLONE]: "a: b\n" }), []);
  const shadow = { "/home/me/repo/.atmos/profiles/me/x.yaml": PROD(""), [CLONE]: "a: b\n" };
  ok((await untrusted({ ...imported, ...shadow })).includes(expected[0]!));
});

Deno.test("configuration changes: what the user names elsewhere is theirs in a repository, and no part of that is", async () => {
  const expected = [`${POLICIES}: null ${CHANGES}`];
  const named = "/home/me/infra";
  const found = (files: Readonly<Record<string, string>>, directory = named) =>
    untrusted(files, { ATMOS_CLI_CONFIG_PATH: directory });
  // The named one is above the repository's, but for its profiles.
  deepEqual(await found({ [`${named}/atmos.yaml`]: NARROW, [CLONE]: WIDE }), []);
  const profile = { "/home/me/repo/p/x.yaml": WIDE, [CLONE]: "profiles: {base_path: ., default: [p]}\n" };
  deepEqual((await found({ [`${named}/atmos.yaml`]: NARROW, ...profile })).at(-1), expected[0]);
  const added = PROD(", tags: {team: admin}");
  deepEqual(await found({ [`${named}/atmos.yaml`]: PROD(""), [CLONE]: added }), [
    `auth.identities.prod.principal.tags: {"team":"admin"} ${CHANGES}`,
  ]);
  // A directory above the repository, and one of the repository.
  deepEqual((await found({ "/home/me/atmos.yaml": NARROW, ...profile }, "/home/me")).at(-1), expected[0]);
  deepEqual(await found({ "/home/me/repo/infra/atmos.yaml": PROD(""), [CLONE]: added }, "infra"), []);
});

Deno.test("configuration changes: what a file of the user's own imports is theirs, wherever it lies", async () => {
  const files = {
    [OWN]: `import: [~/dotfiles/more.yaml]\n${PROD("")}`,
    "/home/me/dotfiles/more.yaml": PROD(", tags: {a: b}"),
  };
  deepEqual(await untrusted({ ...files, [CLONE]: "a: b\n" }), []);
});

Deno.test("configuration changes: logs, the console, and which identity is the default", async () => {
  const own = `${PROD("")}  logs: {level: Debug}\n  console: {isolated: true}\n`;
  const clone = (says: string) => untrusted({ [OWN]: own, [CLONE]: `auth: {${says}}\n` });
  deepEqual(await clone("logs: {level: Error}"), [`auth.logs.level: "Error" ${CHANGES}`]);
  deepEqual(await clone("console: {isolated: false}"), [`auth.console.isolated: "false" ${CHANGES}`]);
  deepEqual(await clone("identities: {prod: {default: true}}"), []);
  const two = own.replace("  identities:\n", "  identities:\n    dev: {kind: aws/ambient, default: true}\n");
  const said = (says: string) => untrusted({ [OWN]: two, [CLONE]: `auth: {identities: {${says}}}\n` });
  deepEqual(await said("prod: {default: true}"), [`auth.identities.prod.default: "true" ${CHANGES}`]);
  deepEqual(await said('dev: {default: "true"}'), [`auth.identities.dev.default: "true" ${CHANGES}`]);
});

Deno.test("configuration changes: a name hides nothing of an entry, and what is secret in a map is hidden", async () => {
  const own = PROD("").replaceAll("prod:", "monkey:");
  deepEqual(await untrusted({ [OWN]: own, [CLONE]: "auth: {identities: {monkey: {region: eu-west-1}}}\n" }), [
    `auth.identities.monkey.region: "eu-west-1" ${CHANGES}`,
  ]);
  const added = "auth: {identities: {monkey: {credentials: {secret_access_key: hunter2}}}}\n";
  ok(!(await untrusted({ [OWN]: own, [CLONE]: added })).join().includes("hunter2"));
});
