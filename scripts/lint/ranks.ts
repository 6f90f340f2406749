import type { Program } from "./program.ts";
import { type Finding, findingAt } from "./finding.ts";
import { type Import, importsOf, isRelative, resolvePath } from "./imports.ts";

/**
 * The rooms of the sources, from the ground up (src/README.md). A line is a part of the program with its rank; inside a
 * part each step may import the steps before it, and rooms of one step do not import each other. A room is a folder, or
 * a file that is named here. `*` stands for one folder.
 */
const PARTS: readonly { readonly rank: number; readonly steps: readonly string[] }[] = [
  {
    rank: -1,
    steps: [
      "src/encoded_texts.ts",
      "src/hidden_texts.ts",
      "src/remedy.ts",
      "src/errors.ts src/secret.ts src/version.ts",
    ],
  },
  {
    rank: 0,
    steps: [
      "src/host/browse_port.ts src/host/clock_port.ts src/host/log_port.ts",
      "src/host/host.ts",
      "src/host/files",
      "src/host/process",
      "src/host/net",
      "src/host/terminal",
      "src/host",
    ],
  },
  {
    rank: 1,
    steps: [
      "src/store/paths.ts src/store/trusting_all.ts",
      "src/store/explain_file_error.ts",
      "src/store/links",
      "src/store",
      "src/store/state",
    ],
  },
  {
    rank: 1,
    steps: [
      "src/formats/text",
      "src/formats/yaml src/formats/json src/formats/ini src/formats/hcl src/formats/dotenv src/formats/go_template/values",
      "src/formats/go_template/functions",
      "src/formats/go_template",
    ],
  },
  {
    rank: 2,
    steps: [
      "src/aws/names",
      "src/aws/shared_config",
      "src/aws/client",
      "src/aws/errors",
      "src/aws/sts",
      "src/aws/sso src/aws/eks src/aws/ecr src/aws/console src/aws/account",
      "src/aws/signin",
      "src/aws/credentials",
      "src/aws/role_cache",
    ],
  },
  { rank: 2, steps: ["src/kube/api src/kube/exec", "src/kube/kubeconfig", "src/kube/kubectl"] },
  { rank: 2, steps: ["src/docker"] },
  { rank: 2, steps: ["src/log"] },
  {
    rank: 2,
    steps: [
      "src/config/values",
      "src/config/files src/config/schema src/config/checks",
      "src/config/trust src/config/functions src/config/edit",
      "src/config",
    ],
  },
  {
    rank: 3,
    steps: [
      "src/auth/files",
      "src/auth/flow",
      "src/auth/keyring src/auth/sso src/auth/oidc src/auth/saml",
      "src/auth/webflow",
      "src/auth/kinds",
      "src/auth/kinds/providers src/auth/kinds/keyrings",
      "src/auth/kinds/identities",
      "src/auth/kinds/providers/* src/auth/kinds/identities/* src/auth/kinds/keyrings/*",
      "src/auth/kinds/providers/registry.ts src/auth/kinds/identities/registry.ts src/auth/kinds/keyrings/registry.ts",
      "src/auth/model",
      "src/auth/environment",
      "src/auth/login",
      "src/auth/logout",
    ],
  },
  { rank: 3, steps: ["src/stacks/settings", "src/stacks/manifests", "src/stacks/components", "src/stacks"] },
  { rank: 4, steps: ["src/integrations/contract", "src/integrations/eks src/integrations/ecr", "src/integrations"] },
  {
    rank: 5,
    steps: [
      "src/cli/args",
      "src/cli/output",
      "src/cli/prompt src/cli/help",
      "src/cli/project",
      "src/cli/login",
      "src/cli/provision",
      "src/cli/ecr src/cli/completion src/cli/fleet src/cli/doctor",
      "src/cli/commands/*",
      "src/cli",
    ],
  },
  { rank: 6, steps: ["src/app.ts"] },
  { rank: 7, steps: ["main.ts"] },
];

/** Where a room stands: the line of PARTS, its rank, and the step on that line. */
interface Standing {
  readonly room: string;
  readonly part: number;
  readonly rank: number;
  readonly step: number;
}

const ROOMS: ReadonlyMap<string, Standing> = new Map(
  PARTS.flatMap(({ rank, steps }, part) =>
    steps.flatMap((rooms, step) => rooms.split(" ").map((room) => [room, { room, part, rank, step }] as const))
  ),
);

/** The room of a file: itself where it is named, else exactly its folder. */
function roomOf(path: string): Standing | undefined {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const any = ROOMS.get(folder.replace(/[^/]*$/, "*"));
  return ROOMS.get(path) ?? ROOMS.get(folder) ?? (any && { ...any, room: folder });
}

/** Imports that do not go down, of types and lazy ones as well: what goes only down has no circle of rooms. */
export function checkRanks({ files }: Program): readonly Finding[] {
  return files.flatMap((file) => {
    const own = roomOf(file.fileName);
    if (own !== undefined) return importsOf(file).flatMap((found) => checkImport({ own, file: file.fileName, found }));
    const message = `${file.fileName} is in no room of scripts/lint/ranks.ts`;
    return [findingAt(file, { rule: "rank", message })];
  });
}

function checkImport(
  { own, file, found }: { readonly own: Standing; readonly file: string; readonly found: Import },
): readonly Finding[] {
  const { node, specifier } = found;
  if (specifier === undefined || !isRelative(specifier)) return [];
  const other = roomOf(resolvePath(file, specifier));
  if (other === undefined) return [findingAt(node, { rule: "rank", message: `"${specifier}" is in no room of src/` })];
  if (own.room === other.room || isBelow(other, own)) return [];
  const message = `${own.room} must not import ${other.room}: only rooms below it`;
  return [findingAt(node, { rule: "rank", message })];
}

function isBelow(other: Standing, own: Standing): boolean {
  return other.part === own.part ? other.step < own.step : other.rank < own.rank;
}
