/**
 * What other tools, and other versions of atmos, call what a command here does: under the command that is meant, the
 * words that users type.
 */
const CALLED_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  "auth configure-aws": ["aws configure", "sso generate", "sso populate", "setup profiles"],
  "auth credential-process": ["credential-process", "process", "auth process", "auth get-credentials"],
  "auth env": [
    ...["assume", "eval", "export", "script", "env", "auth eval", "auth export", "auth print-env"],
    "aws configure export-credentials",
  ],
  "auth exec": ["run", "auth run"],
  "auth init": [
    ...["init", "setup", "auth setup", "aws configure sso", "configure sso", "aws configure sso-session", "quickstart"],
    ...["auth create", "auth new", "auth discover", "auth add-provider", "sso init", "bootstrap"],
  ],
  "auth list": [
    ...["ls", "auth ls", "list identities", "list providers", "list-roles", "list profiles", "describe identities"],
    ...["credentials list", "aws configure list", "aws configure list-profiles", "aws sso list-accounts"],
  ],
  "auth login": [
    ...["aws sso login", "sso login", "aws login", "signin", "sign-in", "auth signin", "auth sign-in"],
    ...["login", "auth assume", "auth refresh", "auth renew"],
  ],
  "auth logout": [
    ...["aws sso logout", "sso logout", "aws logout", "signout", "sign-out", "auth signout", "auth sign-out"],
    ...[
      "logout",
      "clear",
      "remove",
      "flush",
      "cache clear",
      "sso-tokens clear",
      "auth clear",
      "auth remove",
      "auth revoke",
    ],
  ],
  "auth use": ["use", "switch", "auth switch", "auth select"],
  "auth status": ["sso-tokens list", "auth expiry", "auth ttl"],
  "auth user configure": ["add", "auth add", "auth configure", "credentials add", "credentials import"],
  "auth validate": ["validate", "auth check", "auth lint", "validate auth"],
  "auth whoami": [
    ...["aws sts get-caller-identity", "sts get-caller-identity", "aws whoami"],
    ...["auth current", "auth show", "auth info", "auth get-caller-identity"],
  ],
  "aws ecr login": [
    ...["ecr login", "ecr get-login-password", "aws ecr get-login-password", "aws ecr get-login", "docker login"],
    ...["auth ecr-login", "auth docker-login"],
  ],
  "aws ecr logout": ["ecr logout", "docker logout"],
  "aws eks prune": ["eks prune", "aws eks clean", "aws eks cleanup", "aws eks remove", "aws eks delete-kubeconfig"],
  "aws eks token": [
    ...["auth eks-token", "auth token", "auth get-token", "auth eks token", "auth kubernetes-token"],
    ...["aws eks get-token", "aws eks-token", "eks token", "eks get-token", "eks-token", "get-token", "token"],
  ],
  "aws eks update-kubeconfig": [
    ...["eks update-kubeconfig", "eks login", "aws eks login", "aws eks kubeconfig", "aws update-kubeconfig"],
    ...["update-kubeconfig", "kubeconfig", "auth kubeconfig", "auth update-kubeconfig", "auth eks"],
    ...["aws eks write-kubeconfig", "aws eks get-credentials"],
  ],
  "list stacks": ["describe stacks"],
};

/** Programs that are started with credentials rather than by a command of their own. */
const PROGRAMS: readonly string[] = ["terraform", "tofu", "helmfile", "helm", "packer", "ansible", "kubectl", "k9s"];

/** Returns what is typed with the command that is meant. A function, since only a mistake needs it. */
export function listNearMisses(): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(CALLED_ELSEWHERE).flatMap(([meant, all]) => all.map((typed) => [typed, meant] as const)),
    ...PROGRAMS.map((typed) => [typed, `auth exec -- ${typed}`] as const),
  ]);
}

const MOST_WORDS = 3;

/**
 * Returns the commands and groups that are meant by these words: what other tools call so, else where the same words lead
 * to in another group, the longest match first. `words` are those that were understood, `typed` the rest.
 */
export function commandsMeant(
  names: readonly string[],
  { words, typed }: { readonly words: readonly string[]; readonly typed: readonly string[] },
): readonly string[] {
  const all = [...words, ...typed].map((word) => word.toLowerCase());
  const nearMisses = listNearMisses();
  const known = longestFirst(all).map((run) => nearMisses.get(run.join(" "))).find((name) => name !== undefined);
  if (known !== undefined) return [known];
  const runs = [...longestFirst(all), ...longestFirst(all.slice(words.length))];
  return runs.map((run) => samePlaces(names, run)).find((found) => found.length > 0) ?? [];
}

function longestFirst(words: readonly string[]): readonly (readonly string[])[] {
  const first = words.slice(0, MOST_WORDS);
  return first.map((_, index) => first.slice(0, first.length - index));
}

/** The beginnings of names that end with these words: "eks" is "aws eks". */
function samePlaces(names: readonly string[], run: readonly string[]): readonly string[] {
  const found = names.flatMap((name) => {
    const path = name.split(" ");
    const at = path.findIndex((_, index) => run.every((word, offset) => path[index + offset] === word));
    return at > 0 ? [path.slice(0, at + run.length).join(" ")] : [];
  });
  return [...new Set(found)];
}
