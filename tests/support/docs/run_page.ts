import { type Block, documentationPage, fencedBlocks, type Page } from "./pages.ts";
import { docsWorld } from "./docs_world.ts";

/** Why a block of a page is not run; each is shown on the page, after the block's language. */
export const REASONS: ReadonlySet<string> = new Set([
  // Asks a user at a terminal.
  "terminal",
  // Downloads packages or builds the executable.
  "install",
  "build",
  // Ends with the status of what it finds.
  "doctor",
  // Is about a repository with stacks.
  "stacks",
]);

/** Pages whose reader has no configuration yet; on the others it is that of getting started, and they are logged in. */
const FROM_NOTHING = [
  "README.md",
  "docs/getting-started.md",
  ...["aws-cli", "granted", "aws-vault", "eksctl"].map(
    (name) => `docs/migration/${name}.md`,
  ),
];

/** What one page does in a HOME of its own: a configuration is written, a script is run, one after the other, each in a shell of its own. */
export function pageScript(page: Page): string {
  const parts = fencedBlocks(page).flatMap((block) => {
    if (block.language === "sh" && !block.words.some((word) => REASONS.has(word))) {
      return [`${mark(block)}(\n${block.text})`];
    }
    return block.language === "yaml" && block.words[0] === "atmos.yaml" ? [writeLines(block)] : [];
  });
  return ["set -eu -o pipefail", ...parts].join("\n");
}

/** Runs a page in bash. The last place that stderr names is that of the block that failed. */
export async function runPage(page: Page): Promise<{ readonly status: number; readonly stderr: string }> {
  await using world = await docsWorld();
  const isConfigured = !FROM_NOTHING.includes(page.path);
  if (isConfigured) world.home.write(".atmos/atmos.yaml", companyConfiguration());
  const before = isConfigured ? "atmos auth login dev-admin --no-integrations\n" : "";
  const { code, stderr } = await new Deno.Command("bash", {
    args: ["-ec", before + pageScript(page)],
    clearEnv: true,
    env: world.env,
    cwd: world.cwd,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return { status: code, stderr: new TextDecoder().decode(stderr) };
}

function companyConfiguration(): string {
  const blocks = fencedBlocks(documentationPage("docs/getting-started.md"));
  return blocks.find(({ words }) => words[0] === "atmos.yaml")?.text ?? "";
}

function mark({ place }: Block): string {
  return `echo '== ${place}' >&2\n`;
}

function writeLines(block: Block): string {
  return `${mark(block)}cat >atmos.yaml <<'END'\n${block.text}END`;
}
