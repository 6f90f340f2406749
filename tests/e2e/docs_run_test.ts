import { equal, ok } from "node:assert/strict";
import { documentationPage, documentationPages, fencedBlocks } from "../support/docs/pages.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { pageScript, REASONS, runPage } from "../support/docs/run_page.ts";

/** Scripts that cannot run here, of all pages. */
const MOST_SKIPPED = 13;

const documents = documentationPages().filter(({ path }) => path === "README.md" || path.startsWith("docs/"));
const pages = documents.filter((page) => pageScript(page).includes("atmos "));

Deno.test("docs: README, getting started and the migrations are among the pages that are run", () => {
  const paths = pages.map(({ path }) => path);
  ok(paths.includes("README.md") && paths.includes("docs/getting-started.md"), paths.join());
  ok(paths.filter((path) => path.startsWith("docs/migration/")).length >= 5, paths.join());
});

Deno.test("docs: a script that is not run says why, and few are not", () => {
  const scripts = documents.flatMap(fencedBlocks).filter(({ language }) => language === "sh");
  const marked = scripts.filter(({ words }) => words.length > 0);
  for (const { place, words } of marked) ok(words.every((word) => REASONS.has(word)), `${place}: ${words}`);
  ok(marked.length <= MOST_SKIPPED, marked.map(({ place }) => place).join());
});

Deno.test({
  name: "docs: a command that fails is found, with its place",
  ignore: !hasProgram("openssl", "commands of the documentation"),
  async fn() {
    const text = "```sh\natmos version\n```\n\n```sh\natmos auth login unknown\n```\n";
    const { status, stderr } = await runPage({ path: "x.md", text });
    equal(status, 3, stderr);
    ok(stderr.includes("== x.md:6"), stderr);
  },
});

for (const { path } of pages) {
  Deno.test({
    name: `docs: ${path} does what it says, in a HOME of its own`,
    ignore: !hasProgram("openssl", "commands of the documentation"),
    async fn() {
      const { status, stderr } = await runPage(documentationPage(path));
      equal(status, 0, stderr);
    },
  });
}
