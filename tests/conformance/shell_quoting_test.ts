import { deepEqual, equal, ok } from "node:assert/strict";
import { parseEnv } from "node:util";
import type { FormatName } from "../../src/cli/commands/auth_env/command.ts";
import { FORMATS } from "../../src/cli/commands/auth_env/formats.ts";
import type { Variables } from "../../src/cli/commands/auth_env/variables.ts";
import { hasControlCharacters } from "../../src/formats/text/shell_quote.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { RandomSource } from "../support/random/source.ts";
import { tempHome } from "../support/machine/temp_home.ts";

/** What programs make of what `auth env` prints: the values must come back as they were. */

const NASTY = [
  ...[
    "",
    " ",
    "-n",
    "--",
    "~",
    "~root",
    "=ls",
    "a:=ls",
    "a:~",
    "*",
    "?",
    "[a]",
    "{a,b}",
    "a b",
    "#c",
    "a #c",
    "a;b&|<>()",
  ],
  ...[
    "'",
    "''",
    '"',
    "`id`",
    "$HOME",
    "${HOME}",
    "$(id)",
    "!!",
    "!x",
    "a!",
    "^a^b",
    "\\",
    "\\\\",
    "a\\",
    "a\\'",
    "\\n",
  ],
  ...[
    "\n",
    "\n\n",
    "a\nb",
    "a\nb\n",
    "\nexport X=1\n",
    "\r",
    "a\r\nb",
    "\t",
    "\x01\x1b[31m\x7f",
    "EOF",
    "ATMOS_EOF_V_1\nx",
  ],
  ...["é", "😀", "\u2018a\u2019", "\u201cb\u201d", "\u2028", "日本", "a=b", "a==", "%d", "%PATH%", "x,y", "1", "true"],
  ...["; rm -rf /", "arn:aws:iam::123456789012:role/x", "AQoDYXdzEJr//x+y/z=="],
];
const LETTERS = [
  ..."ab1 -_=:~$`'\"\\!#%&*()[]{}<>|;,?^/.@+",
  "\n",
  "\n",
  "\r",
  "\t",
  "\x01",
  "\x1b",
  "é",
  "😀",
  "\u2019",
  "${A}",
];

/** The nasty ones and 400 random ones, the same in every run. */
function values(keep: (value: string) => boolean = () => true): Variables {
  const random = new RandomSource(20260702);
  const made = Array.from(
    { length: 400 },
    () => Array.from({ length: 1 + random.below(14) }, () => random.pick(LETTERS)).join(""),
  );
  const kept = [...NASTY, ...made].filter(keep);
  ok(kept.length >= 200, `${kept.length} values`);
  return Object.fromEntries(kept.map((value, at) => [at % 5 === 0 ? `V_${at}_PATH` : `V_${at}`, value]));
}

/** What the forms without escapes take: others are refused. */
const isPlain = (value: string) => !hasControlCharacters(value);

async function output(
  program: string,
  input: { args: readonly string[]; env: Record<string, string> },
): Promise<string> {
  const path = Deno.env.get("PATH") ?? "";
  const inherited = Object.fromEntries(
    ["PYENV_ROOT", "PYENV_VERSION"].flatMap((name) =>
      Deno.env.get(name) === undefined ? [] : [[name, Deno.env.get(name)!]]
    ),
  );
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...input.args],
    clearEnv: true,
    env: { PATH: path, ...inherited, ...input.env },
    stdin: "null",
  }).output();
  const errors = new TextDecoder().decode(stderr);
  equal(code, 0, errors);
  equal(errors, "");
  return new TextDecoder().decode(stdout);
}

/** What `env -0` printed, of our variables. */
function ours(text: string): Variables {
  const entries = text.split("\0").filter((one) => one.startsWith("V_")).map((one) =>
    one.split(/=([^]*)/) as [string, string]
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, value]));
}

interface Shell {
  readonly name: string;
  readonly program: string;
  readonly format: FormatName;
  /** Evaluates the file that is its one argument as README tells people to, and runs `env -0`. */
  readonly args: (file: string) => readonly string[];
  readonly locale: string;
}

const EVAL = 'eval "$(cat "$1")"; env -0';
/** As it is often typed; a line break at the end of a value is all that gets lost. */
const UNQUOTED = 'eval $(cat "$1"); env -0';
const SHELLS: readonly Shell[] = ["C.UTF-8", "C"].flatMap((locale): readonly Shell[] => [
  { name: `bash, ${locale}`, program: "bash", format: "bash", args: (file) => ["-c", EVAL, "_", file], locale },
  {
    name: `bash -i, ${locale}`,
    program: "bash",
    format: "bash",
    args: (file) => ["--norc", "-ic", EVAL, "_", file],
    locale,
  },
  { name: `sh, ${locale}`, program: "sh", format: "bash", args: (file) => ["-c", EVAL, "_", file], locale },
  { name: `zsh, ${locale}`, program: "zsh", format: "bash", args: (file) => ["-fc", EVAL, "_", file], locale },
  {
    name: `zsh with options, ${locale}`,
    program: "zsh",
    format: "bash",
    args: (file) => ["-fc", `setopt rc_quotes magic_equal_subst extended_glob bang_hist; ${EVAL}`, "_", file],
    locale,
  },
]).concat([
  {
    name: "fish",
    program: "fish",
    format: "fish",
    args: (file) => ["--no-config", "-c", "cat $argv[1] | source; env -0", file],
    locale: "C.UTF-8",
  },
  {
    name: "PowerShell",
    program: "pwsh",
    format: "powershell",
    args: (file) => [
      ...["-NoProfile", "-NonInteractive", "-Command"],
      `cat '${file}' | Out-String | Invoke-Expression; env -0`,
    ],
    locale: "C.UTF-8",
  },
]);

const UNQUOTING = [
  ["bash", "-c"],
  ["bash", "-O", "nullglob", "-O", "extglob", "-c"],
  ["dash", "-c"],
  ["zsh", "-fc"],
] as const;

for (const [program, ...options] of UNQUOTING) {
  Deno.test({
    name: `auth env: ${program} ${options.join(" ")} gets every value without double quotes around $(…), too`,
    ignore: !hasProgram(program, `auth env without double quotes in ${program}`),
    async fn() {
      using home = tempHome();
      const wanted = values((value) => !value.endsWith("\n"));
      const file = home.write("out", FORMATS.bash(wanted, ["V_OLD", "V_OLDER"]));
      for (const name of ["V_1=", "a", "b"]) home.write(name, "");
      const env = home.env({ LC_ALL: "C.UTF-8", V_1: "old", V_OLD: "old", V_OLDER: "old" });
      const args = ["-c", 'cd "$1" && shift && exec "$@"', "_", home.path, program, ...options, UNQUOTED, "_", file];
      deepEqual(ours(await output("sh", { args, env })), wanted);
    },
  });
}

for (const shell of SHELLS) {
  Deno.test({
    name: `auth env: ${shell.name} gets every value as it was, and loses what is stale`,
    ignore: !hasProgram(shell.program, `auth env in ${shell.name}`),
    async fn() {
      using home = tempHome();
      // Before 7.5 PowerShell takes an empty value for none.
      const wanted = values((value) => shell.program !== "pwsh" || value !== "");
      const file = home.write("out", FORMATS[shell.format](wanted, ["V_OLD"]));
      const env = home.env({ LC_ALL: shell.locale, V_1: "old", V_OLD: "old", TERM: "dumb" });
      deepEqual(ours(await tolerant(shell, { args: shell.args(file), env })), wanted);
    },
  });
}

/** An interactive bash without a terminal says so on stderr. */
async function tolerant(
  shell: Shell,
  input: { args: readonly string[]; env: Record<string, string> },
): Promise<string> {
  if (!shell.name.startsWith("bash -i")) return await output(shell.program, input);
  return await output("sh", { ...input, args: ["-c", 'exec "$@" 2>/dev/null', "_", shell.program, ...input.args] });
}

const READ_DOTENV = `
import io, json, sys, dotenv
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    print(json.dumps(dotenv.dotenv_values(stream=io.StringIO(file.read(), newline=""), interpolate=False)))
`;

async function hasPythonDotenv(): Promise<boolean> {
  const name = "auth env --format=dotenv, read by python-dotenv";
  if (!hasProgram("python3", name)) return false;
  const { success } = await new Deno.Command("python3", { args: ["-c", "import dotenv"], stderr: "null" }).output();
  if (!success) console.log(`SKIP ${name}: python3 has no module dotenv`);
  return success;
}

/** A form that shells and readers of `.env` files agree on: see quoteDotenv. */
const isAgreed = (value: string) =>
  isPlain(value) && !(value.endsWith("\\") || /'|\\\\/.test(value) && /[$`]/.test(value));

Deno.test({
  name: "auth env: python-dotenv reads the dotenv format",
  ignore: !await hasPythonDotenv(),
  async fn() {
    using home = tempHome();
    const wanted = values(isAgreed);
    const file = home.write(".env", FORMATS.dotenv(wanted, []));
    deepEqual(JSON.parse(await output("python3", { args: ["-c", READ_DOTENV, file], env: home.env() })), wanted);
  },
});

Deno.test("auth env: Node's own reader, which knows no escapes, reads what needs none in the dotenv format", () => {
  const wanted = Object.fromEntries(
    Object.entries(values(isPlain)).filter(([, value]) => !/'|\\\\|\\$/.test(value) || /^[^"$`\\\n]*$/.test(value)),
  );
  ok(Object.keys(wanted).length > 100);
  deepEqual({ ...parseEnv(FORMATS.dotenv(wanted, [])) }, wanted);
});

for (const [program, ...options] of [["bash", "-c"], ["dash", "-c"], ["zsh", "-fc"]] as const) {
  Deno.test({
    name: `auth env: ${program} sources the dotenv format`,
    ignore: !hasProgram(program, `auth env --format=dotenv in ${program}`),
    async fn() {
      using home = tempHome();
      const wanted = values(isPlain);
      const file = home.write(".env", FORMATS.dotenv(wanted, []));
      const args = [...options, 'set -a; . "$1"; env -0', "_", file];
      deepEqual(ours(await output(program, { args, env: home.env() })), wanted);
    },
  });
}

Deno.test("auth env: the runner of GitHub Actions sets what the github format says", () => {
  const wanted = values(isPlain);
  deepEqual(readGithubEnv(FORMATS.github(wanted, [])), wanted);
});

/** As actions/runner reads $GITHUB_ENV (FileCommandManager, EnvFileKeyValuePairs) on Linux: lines end with LF alone. */
function readGithubEnv(text: string): Variables {
  const found: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line === "") continue;
    const [equals, heredoc] = [line.indexOf("="), line.indexOf("<<")];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      found[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    ok(heredoc >= 0, `Invalid format: ${line}`);
    const end = lines.indexOf(line.slice(heredoc + 2), at + 1);
    ok(end >= 0, `Matching delimiter not found: ${line}`);
    found[line.slice(0, heredoc)] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return found;
}

Deno.test("auth env: the json and env formats hold the same values", () => {
  const wanted = values();
  deepEqual(JSON.parse(FORMATS.json(wanted, [])), wanted);
  const lined = values((value) => isPlain(value) && !value.includes("\n"));
  const text = FORMATS.env(lined, []);
  deepEqual(Object.fromEntries(text.split("\n").slice(0, -1).map((line) => line.split(/=([^]*)/).slice(0, 2))), lined);
});
