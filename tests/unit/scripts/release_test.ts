import { deepEqual, equal, match, throws } from "node:assert/strict";
import { renderFormula } from "../../../scripts/release/formula.ts";
import { nameRepository } from "../../../scripts/release/installer.ts";
import { reachablePackages } from "../../../scripts/release/locked_packages.ts";
import { releaseNotes } from "../../../scripts/release/notes.ts";

const CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n- later\n\n## [0.2.0] - 2026-03-04\n\n### Added\n\n- new\n\n" +
  "## [0.1.1] - Unreleased\n\n- soon\n\n## [0.1.0] - 2026-01-02\n";

Deno.test("the notes of a release are its section of the changelog", () => {
  equal(releaseNotes(CHANGELOG, "0.2.0"), "### Added\n\n- new");
});

Deno.test("a version without a section, a date or a word is not released", () => {
  throws(() => releaseNotes(CHANGELOG, "0.2.1"), /^RangeError: CHANGELOG.md has no section \[0\.2\.1\]$/);
  throws(() => releaseNotes(CHANGELOG, "0.1.1"), /^RangeError: .*Unreleased" has no date$/);
  throws(() => releaseNotes(CHANGELOG, "0.1.0"), /^RangeError: CHANGELOG.md says nothing of 0\.1\.0$/);
});

Deno.test("the installer of a release names its repository", () => {
  equal(nameRepository("a\nREPOSITORY=OWNER/atmos\nb\n", "acme/at.mos"), "a\nREPOSITORY=acme/at.mos\nb\n");
  throws(() => nameRepository("REPOSITORY=acme/atmos\n", "acme/atmos"), /exactly once/);
  for (const bad of ["atmos", "a/b/c", "a b/c", "$(x)/y", "a/b\nc", "-a/b"]) {
    throws(() => nameRepository("REPOSITORY=OWNER/atmos\n", bad), /is no OWNER\/REPOSITORY/, bad);
  }
});

Deno.test("the formula has each checksum, and refuses to do without one", () => {
  const template = '@REPOSITORY@ @VERSION@ @SHA256:atmos-linux-x64@ bin/"atmos" me@example';
  const input = { repository: "acme/atmos", version: "1.2.3", sums: "aa  atmos-linux-x64\nbb *atmos-macos-x64\n" };
  equal(renderFormula(template, input), 'acme/atmos 1.2.3 aa bin/"atmos" me@example');
  equal(renderFormula("@SHA256:atmos-macos-x64@", input), "bb");
  throws(() => renderFormula("@SHA256:atmos-macos-arm64@", input), /SHA256SUMS has no checksum of atmos-macos-arm64/);
});

Deno.test("packages are found through deno.lock, each version once", () => {
  const entry = (...dependencies: string[]) => ({ integrity: "sha512-AA==", dependencies });
  const lock = {
    specifiers: { "npm:@a/b@1.0.0": "1.0.0_d@3.0.0", "npm:x@1.0.0": "1.0.0" },
    npm: {
      "@a/b@1.0.0_d@3.0.0": entry("c", "d@3.0.0"),
      "c@2.0.0": entry("@a/b"),
      "d@3.0.0": entry(),
      "d@4.0.0": entry(),
      "x@1.0.0": entry("d"),
    },
  };
  const found = reachablePackages(lock, ["npm:@a/b@1.0.0"]).map(({ name, version }) => `${name} ${version}`);
  deepEqual(found, ["@a/b 1.0.0", "c 2.0.0", "d 3.0.0"]);
  throws(() => reachablePackages(lock, ["npm:x@1.0.0"]), /deno.lock has 2 versions of d/);
});

Deno.test("a bill of materials names what the executable has", async () => {
  const { renderBom } = await import("../../../scripts/release/sbom.ts");
  const packages = [{
    name: "@a/b",
    version: "1.0.0",
    integrity: `sha512-${new Uint8Array(64).toBase64()}`,
    license: "MIT OR Apache-2.0",
  }];
  const input = { version: "1.2.3", date: "2026-01-02T03:04:05Z", deno: "2.9.6", packages };
  const bom = JSON.parse(renderBom(input));
  deepEqual(bom.metadata.component.version, "1.2.3");
  match(bom.metadata.timestamp, /^2026-01-02T03:04:05/);
  const found = bom.components.map((one: Record<string, unknown>) => [one["purl"], one["hashes"], one["licenses"]]);
  deepEqual(found, [
    ["pkg:github/denoland/deno@v2.9.6", undefined, [{ license: { id: "MIT" } }]],
    ["pkg:npm/%40a/b@1.0.0", [{ alg: "SHA-512", content: "00".repeat(64) }], [{ expression: "MIT OR Apache-2.0" }]],
  ]);
  equal(renderBom(input), renderBom(input));
});
