import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import type { BundledPackage } from "./bundled_packages.ts";

export interface BomInput {
  readonly version: string;
  /** When the commit was made, or "unknown": the same sources give the same text. */
  readonly date: string;
  readonly deno: string;
  readonly packages: readonly BundledPackage[];
}

/** Returns the bill of materials of the executable, as JSON of CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/ */
export function renderBom({ version, date, deno, packages }: BomInput): string {
  const atmos = new Models.Component(Enums.ComponentType.Application, "atmos", { bomRef: "atmos", version });
  atmos.licenses.add(new Models.SpdxLicense("Apache-2.0"));
  const runtime = new Models.Component(Enums.ComponentType.Platform, "deno", { bomRef: "deno", version: deno });
  runtime.purl = `pkg:github/denoland/deno@v${deno}`;
  runtime.licenses.add(new Models.SpdxLicense("MIT"));
  const bom = new Models.Bom();
  bom.metadata.component = atmos;
  if (date !== "unknown") bom.metadata.timestamp = new Date(date);
  for (const component of [runtime, ...packages.map(describePackage)]) {
    bom.components.add(component);
    atmos.dependencies.add(component.bomRef);
  }
  const normalize = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return new Serialize.JsonSerializer(normalize).serialize(bom, { sortLists: true, space: 2 });
}

function describePackage({ name, version, integrity, license }: BundledPackage): Models.Component {
  const [scope, plain] = name.startsWith("@") ? name.split("/") : [undefined, name];
  const purl = `pkg:npm/${scope === undefined ? "" : `${encodeURIComponent(scope)}/`}${plain}@${version}`;
  const component = new Models.Component(Enums.ComponentType.Library, plain!, { bomRef: purl, version, purl });
  if (scope !== undefined) component.group = scope;
  if (license !== undefined) component.licenses.add(LICENSES.makeFromString(license));
  component.hashes.set(Enums.HashAlgorithm["SHA-512"], Uint8Array.fromBase64(integrity.replace("sha512-", "")).toHex());
  return component;
}

const LICENSES = new Contrib.License.Factories.LicenseFactory((text) => {
  if (!/^[\w.+() -]+$/.test(text)) throw new Error(`"${text}" is no SPDX expression`);
});
