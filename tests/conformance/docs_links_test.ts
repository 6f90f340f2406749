import { deepEqual, equal, ok } from "node:assert/strict";
import { documentationPage, documentationPages, type Page, pageProse } from "../support/docs/pages.ts";

/** Lines that README has at most: what does not fit belongs on a page of docs/. */
const README_LINES = 200;

Deno.test("docs: README has at most 200 lines", () => {
  const count = documentationPage("README.md").text.split("\n").length - 1;
  ok(count <= README_LINES, `${count}`);
});

Deno.test("docs: README links each page of docs/, by itself or by the README of its folder", () => {
  const linked = new Set(linkedFiles(documentationPage("README.md")));
  const pages = documentationPages().map(({ path }) => path).filter((path) => path.startsWith("docs/"));
  deepEqual(pages.filter((path) => !linked.has(path) && !linked.has(path.replace(/[^/]+$/, "README.md"))), []);
});

Deno.test("docs: the anchor of a heading is as GitHub makes it", () => {
  const text = "# A b!\n## `atmos x [y]`\n## Two, words\n## A b\n";
  deepEqual([...anchors({ path: "p", text })], ["a-b", "atmos-x-y", "two-words", "a-b-1"]);
});

for (const page of documentationPages()) {
  Deno.test(`docs: every relative link of ${page.path} leads somewhere`, () => {
    deepEqual(links(page).filter((link) => !leadsSomewhere(page, link)), []);
  });
}

/** Targets of links and pictures that are neither on another host nor mail. */
function links(page: Page): readonly string[] {
  const targets = [...pageProse(page).replaceAll(/`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)];
  return targets.map(([, target = ""]) => target).filter((target) => !/^[a-z]+:/.test(target));
}

function linkedFiles(page: Page): readonly string[] {
  return links(page).map((link) => resolve(page, link).path);
}

function resolve(page: Page, link: string): { readonly path: string; readonly anchor: string } {
  const { pathname, hash } = new URL(link, `file:///${page.path}`);
  return { path: pathname.slice(1), anchor: hash.slice(1) };
}

function leadsSomewhere(page: Page, link: string): boolean {
  const { path, anchor } = resolve(page, link);
  try {
    const { isFile } = Deno.statSync(path);
    return anchor === "" || (isFile && anchors(documentationPage(path)).has(anchor));
  } catch {
    return false;
  }
}

/** The anchors of a page's headings: lower case, without punctuation, numbered where one is there already. */
function anchors(page: Page): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, heading = ""] of pageProse(page).matchAll(/^#+ (.*)$/gm)) {
    const name = heading.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
    const times = [...found].filter((one) => one.replace(/-\d+$/, "") === name).length;
    found.add(times === 0 ? name : `${name}-${times}`);
  }
  return found;
}

Deno.test("docs: a link that leads nowhere is found", () => {
  const page = { path: "docs/x.md", text: "[a](no.md) [b](../README.md#nothing) [c](https://example.com) `[d](e)`\n" };
  equal(links(page).filter((link) => !leadsSomewhere(page, link)).length, 2);
});
