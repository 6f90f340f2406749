import { deepEqual, ok } from "node:assert/strict";
import { Ajv } from "ajv";
import config from "../../deno.json" with { type: "json" };
import { denoDir } from "../../scripts/deno_dir.ts";
import { DEV_ONLY } from "../../scripts/lint/packages.ts";
import { describeBundle } from "../../scripts/release/bundled_packages.ts";
import { renderBom } from "../../scripts/release/sbom.ts";

const LIBRARY = "@cyclonedx/cyclonedx-library";
const SCHEMAS = `${denoDir()}/npm/registry.npmjs.org/${LIBRARY}/${
  config.imports[LIBRARY].split("@").at(-1)
}/res/schema`;

function readSchema(name: string) {
  return JSON.parse(Deno.readTextFileSync(`${SCHEMAS}/${name}.SNAPSHOT.schema.json`));
}

Deno.test("the bill of materials follows CycloneDX's schema, and has what is bundled, with a license each", async () => {
  const packages = await describeBundle();
  const bom: Record<string, unknown> = JSON.parse(
    renderBom({ version: "1.2.3", date: "2026-01-02T03:04:05Z", deno: "2.9.6", packages }),
  );
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    ajv.addSchema(readSchema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const validate = ajv.compile<unknown>(readSchema("bom-1.6"));
  ok(validate(bom), JSON.stringify(validate.errors));
  ok(!validate({ ...bom, components: [{ type: "x", name: 5 }] }));

  const names = packages.map(({ name }) => name);
  for (const name of ["valibot", "js-yaml", "@aws-sdk/client-eks", "puppeteer-core"]) ok(names.includes(name), name);
  deepEqual(names.filter((name) => DEV_ONLY.includes(name)), []);
  deepEqual(packages.filter(({ license }) => license === undefined).map(({ name }) => name), []);
});
