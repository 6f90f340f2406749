import { deepEqual, ok } from "node:assert/strict";
import { readSharedFiles } from "../../src/aws/shared_config/shared_files.ts";
import { AppError } from "../../src/errors.ts";
import type { IniSection } from "../../src/formats/ini/parse_ini.ts";
import { canonicalHeader } from "../../src/formats/ini/section_name.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { RandomSource } from "../support/random/source.ts";
import { awsHost } from "../unit/aws/aws_host.ts";

const NAME = "the AWS CLI reads the same in random INI texts";

/** Reads texts, and prints for each what the AWS CLI makes of it as a config file and as a credentials file. */
const READ_TEXTS = `
import json, os, sys, tempfile
import botocore.configloader as loader
import botocore.exceptions

def read(text):
    with open(path, "wb") as file:
        file.write(text.encode())
    try:
        config = loader.load_config(path)
        kinds = [config[kind] for kind in ("profiles", "sso_sessions", "services")]
        return [*kinds, loader.raw_config_parse(path)]
    except botocore.exceptions.ConfigParseError:
        return None

path = os.path.join(tempfile.mkdtemp(), "config")
json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
`;

type Sections = Readonly<Record<string, unknown>>;
/** Profiles, sso-sessions and services of a config file, and the sections of a credentials file; null: refused. */
type Found = readonly [Sections, Sections, Sections, Sections] | null;

async function hasBotocore(): Promise<boolean> {
  if (!hasProgram("python3", NAME)) return false;
  const args = ["-c", "import botocore.configloader"];
  const { success } = await new Deno.Command("python3", { args, stderr: "null" }).output();
  if (!success) console.log(`SKIP ${NAME}: python3 has no module botocore`);
  return success;
}

async function readAsCli(texts: readonly string[]): Promise<readonly Found[]> {
  const child = new Deno.Command("python3", { args: ["-c", READ_TEXTS], stdin: "piped", stdout: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(texts)));
  await writer.close();
  const found = JSON.parse(new TextDecoder().decode((await child.output()).stdout)) as readonly Found[];
  // In a credentials file quotes are part of a name; no one has such a profile, so they are not told apart.
  return found.map((one) => one && [one[0], one[1], one[2], canonical(one[3])]);
}

function canonical(sections: Sections): Sections {
  return Object.fromEntries(Object.entries(sections).map(([header, section]) => [canonicalHeader(header), section]));
}

function readAsAtmos(text: string): Found {
  try {
    const config = readSharedFiles(awsHost({ env: { HOME: "/h" }, files: { "/h/.aws/config": text } }));
    const credentials = readSharedFiles(awsHost({ env: { HOME: "/h" }, files: { "/h/.aws/credentials": text } }));
    const { profiles, ssoSessions, services } = config;
    return [plain(profiles), plain(ssoSessions), plain(services), plain(credentials.credentialProfiles)];
  } catch (error) {
    if (error instanceof AppError && error.code === "config-invalid") return null;
    throw error;
  }
}

function plain(sections: ReadonlyMap<string, IniSection>): Sections {
  const entries = [...sections].map(([name, section]) => {
    const settings = [...section].map(([key, value]) => [key, typeof value === "string" ? value : toObject(value)]);
    return [name, Object.fromEntries(settings)];
  });
  return Object.fromEntries(entries);
}

function toObject(block: ReadonlyMap<string, string>): unknown {
  return Object.fromEntries(block);
}

const HEADERS = [
  ...[
    "[default]",
    "[profile default]",
    "[profile a]",
    "[profile 'a']",
    '[profile  "b c"]',
    "[profile b c]",
    "[profile]",
  ],
  ...[
    "[ profile a]",
    "[profile a ]",
    "[profile\td]",
    "[profiles d]",
    "[profile it's]",
    "[profile b\\ c]",
    "[ default ]",
  ],
  ...['[profile a"b"c]', '[profile "q\\"\\r"]', "[DEFAULT]", "[sso-session s]", "[sso-session 's']", "[services v]"],
  ...["[services]", "[plain]", "[x y]", "[a=b]", "[Profile a]", "[prof#ile a]", '[profile ""]'],
];
const BODIES = [
  ...["KEY = us-east-2", "KEY=arn:aws:iam::1:role/x", "KEY : json", "Key = =:=", "KEY=a#b", "KEY =", "KEY =", "KEY:"],
  ...["KEY = a b", "more", "more words", "KEY: a = b", "# comment", "; comment", "#", "", "", "\t ", "[KEY]"],
];
const INDENTS = ["", "", "", " ", "  ", "  ", "    ", "\t", "\t\t", " \t"];

/** No key and hardly a header comes twice: the AWS CLI refuses such a text. */
function randomText(random: RandomSource): string {
  const headers = [...HEADERS].sort(() => random.next() - 0.5);
  const mostIndented = random.chance(0.4) ? random.pick(INDENTS) : undefined;
  const lines = Array.from({ length: 1 + random.below(16) }, (_, at) => {
    const body = at === 0 || random.chance(0.2) ? headers.pop()! : random.pick(BODIES).replace(/key/i, `$&${at}`);
    return (mostIndented !== undefined && random.chance(0.8) ? mostIndented : random.pick(INDENTS)) + body;
  });
  return lines.join(random.pick(["\n", "\n", "\r\n"])) + random.pick(["", "\n", "\n\n"]);
}

const ready = await hasBotocore();

Deno.test({ name: NAME, ignore: !ready }, async () => {
  const random = new RandomSource(20261201);
  const texts = Array.from({ length: 800 }, () => randomText(random));
  const found = await readAsCli(texts);
  found.forEach((expected, at) => {
    // What the AWS CLI refuses may be read; what it reads is read, and in the same way. It does not look at what stands
    // in [DEFAULT] unless there are sections.
    if (expected !== null && Object.keys(expected[3]).length > 0) {
      deepEqual(readAsAtmos(texts[at]!), expected, JSON.stringify(texts[at]));
    }
  });
  const accepted = found.filter((one) => one !== null && Object.keys(one[3]).length > 0).length;
  ok(accepted > 300, `${accepted} texts are read by the AWS CLI`);
});

/** Where the two differ on purpose: the text, what the AWS CLI has of profile p, and what atmos has; null: refused. */
const DIFFERENCES: readonly (readonly [string, string, unknown, unknown])[] = [
  ["a comment after a value, as other SDKs have it", "[profile p]\na = b # c", { a: "b # c" }, { a: "b" }],
  ["text after a header", "[profile p] x\na = b", { a: "b" }, null],
  ["a bracket in a comment after a header", "[profile p] # [1]\na = b", undefined, undefined],
  ["a bracket in a header", "[profile p]]\na = b", undefined, undefined],
  ["a header without its bracket", "[profile p]\n[a = b", { "[a": "b" }, null],
  ["a key twice: the last one", "[profile p]\na = b\na = c", null, { a: "c" }],
  ["a section twice: both", "[profile p]\na = b\n[profile p]\nc = d", null, { a: "b", c: "d" }],
  ["a byte order mark", "\uFEFF[profile p]\na = b", null, { a: "b" }],
];

Deno.test({ name: "the AWS CLI reads otherwise what is said here, and nothing else", ignore: !ready }, async () => {
  const found = await readAsCli(DIFFERENCES.map(([, text]) => text));
  DIFFERENCES.forEach(([about, text, cli, atmos], at) => {
    deepEqual(profileOf(found[at]!), cli, about);
    deepEqual(profileOf(readAsAtmos(text)), atmos, about);
  });
});

function profileOf(found: Found): unknown {
  return found === null ? null : found[0]["p"];
}
