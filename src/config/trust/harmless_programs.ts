/** Whether a call of a program, given what follows its name, starts no other and reads no program's text. */
type Judge = (args: readonly string[]) => boolean;

const always: Judge = () => true;
/** Whether the call begins with one of these words, or pairs of words. */
const begins = (...calls: readonly string[]): Judge => (args) =>
  calls.some((call) => call === args.slice(0, call.split(" ").length).join(" "));
/** Whether no word is an option of that form. */
const without = (option: RegExp): Judge => (args) => !args.some((arg) => option.test(arg));

const READING_GIT = begins("rev-parse", "describe", "symbolic-ref", "log");
const ASKING_GIT = begins(
  "config --get",
  "branch --show-current",
  "branch --list",
  "remote get-url",
  "remote -v",
);

/** By programs that settings of a repository name. */
const FILTERED = /^--(?:ext-diff|textconv|show-signature|output)/;

/** A setting that a commit says. */
const OF_COMMIT = /^--blob/;

/** Of these `git rev-parse` prints names of this machine, and hashes. */
const PLAIN_NAME = /^(?:HEAD|--(?:short(?:=\d+)?|abbrev-ref|verify|show-toplevel|git-dir|is-inside-work-tree)|-q)$/;
const OF_SETTINGS = begins("config", "remote", "branch --show-current");

/** Whether a call prints what commits, branches or tags are called or say: their author decides that. */
export function printsCommits([name, ...args]: readonly string[]): boolean {
  if (name !== "git" || OF_SETTINGS(args)) return false;
  return args[0] !== "rev-parse" || !args.slice(1).every((arg) => PLAIN_NAME.test(arg));
}

/** Only calls that tell something: others start editors, shells, package managers, or what a configuration names. */
const PROGRAMS: Readonly<Record<string, Judge>> = {
  ...Object.fromEntries(
    ("echo true false : set exit test pwd cat head tail cut tr uniq basename dirname date hostname whoami id uname sleep")
      .split(" ").map((name) => [name, always]),
  ),
  // Assigns a variable, PATH among them.
  printf: without(/^-/),
  // Names of files are in the file that it names.
  wc: without(/^--f/),
  // A directory that is not named is the current one.
  grep: without(/^-[a-zA-Z]*[rRd]|^--(?:r|d)/),
  // A filter in a file may include others.
  jq: without(/^-\w*[fL]|^--[fl]/),
  git: (args) => without(FILTERED)(args) && without(OF_COMMIT)(args) && (READING_GIT(args) || ASKING_GIT(args)),
  aws: isTellingAws,
  op: begins("read", "item get", "document get", "whoami"),
  pass: begins("show"),
  vault: begins("read", "kv get", "kv list", "print token", "token lookup"),
  gcloud: begins(
    "auth print-access-token",
    "auth print-identity-token",
    "config get-value",
    "config get",
    "secrets versions access",
  ),
  security: begins("find-generic-password", "find-internet-password"),
};

/** Returns whether a command, a bare name and its arguments, is known to start nothing but itself. */
export function isHarmlessCall([name = "", ...args]: readonly string[]): boolean {
  return Object.hasOwn(PROGRAMS, name) && PROGRAMS[name]!(args);
}

const WITH_VALUE = /^--(?:profile|region|output|query|endpoint-url|ca-bundle|color|cli-(?:read|connect)-timeout)$/;
const ALONE = /^--(?:no-cli-pager|no-verify-ssl|no-sign-request|no-paginate|no-cli-auto-prompt|[a-z-]+=.*)$/;
const TELLING = /^(?:get|list|describe|batch-get|lookup)-[a-z0-9-]+$|^assume-role(?:-with-[a-z-]+)?$/;
const TELLING_AWS = begins("configure get", "configure list", "configure export-credentials", "s3 ls");

/** Options may stand before the service. https://docs.aws.amazon.com/cli/latest/reference/#global-options */
function isTellingAws(args: readonly string[]): boolean {
  let at = 0;
  while (args[at]?.startsWith("-")) {
    if (WITH_VALUE.test(args[at]!)) at += 2;
    else if (ALONE.test(args[at]!)) at++;
    else return false;
  }
  return TELLING.test(args[at + 1] ?? "") || TELLING_AWS(args.slice(at));
}
