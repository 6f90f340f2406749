import { deepEqual, notDeepEqual } from "node:assert/strict";
import { PowerHashes } from "../../../../src/config/trust/power_hash.ts";
import { eksTarget } from "../../../../src/stacks/eks_target.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

type Files = Readonly<Record<string, string>>;

const FIRST = { A: "first", B: "second" };
const STACK = "stacks/deploy/a.yaml";
const OUTSIDE = { "../outside/o.yaml": "a: first\nb: second\nm: {x: first}\nt: '{{ .vars.k }}'\n" };

const atmosYaml = (name: string) =>
  `stacks: {base_path: stacks, included_paths: ["deploy/*"]}\n` +
  `components: {helmfile: {${name}}}\n` +
  `templates: {settings: {enabled: true}}\n`;
const NAME = `cluster_name_template: '{{ .vars.c }}-eks'`;
const stack = (rest: string) => `${rest}\nname: one\ncomponents: {terraform: {eks: {vars: {region: us-east-2}}}}\n`;

interface Case {
  readonly files: Files;
  readonly env?: Readonly<Record<string, string>>;
}

/** The cluster's name and region, and the hashes of what needs trust in them. */
async function trusted(
  { files, env = FIRST }: Case,
): Promise<{ readonly sent: string; readonly hashes: readonly string[] }> {
  const all = { "atmos.yaml": atmosYaml(NAME), ...OUTSIDE, ...files };
  const { host, config, index } = await stackRepository(all, env);
  const found = await findComponent(index, { name: "eks", stack: "one" });
  const { clusterName, region, powers } = await eksTarget(host, { config, found, said: {} });
  const hashes = new PowerHashes(host);
  const trustedHashes = await Promise.all(powers.map(async (one) => (await hashes.of(one)).record.hash));
  return { sent: `${clusterName.value} ${region?.value}`, hashes: trustedHashes };
}

/** The same with the value as the region, which no further template goes over; undefined where there is none. */
function asRegion({ files, env }: Case): Case | undefined {
  if (files["atmos.yaml"] !== undefined) return undefined;
  const moved = Object.entries(files).map(([path, text]) =>
    [path, text.replace("{vars: {region: us-east-2}}", "{}").replaceAll(/(?<=[{ ])c: (?=['!{])/g, "region: ")] as const
  );
  const inner = { ...Object.fromEntries(moved), "atmos.yaml": atmosYaml("cluster_name: one") };
  return { files: inner, ...(env && { env }) };
}

const within = (text: string): Case => ({ files: { [STACK]: stack(text) } });
const asTemplate = (text: string): Case => ({ files: { [`${STACK}.tmpl`]: stack(text) } });
const named = (name: string, more: string): Case => ({
  files: { "atmos.yaml": atmosYaml(name), [STACK]: stack(`vars: {a: !env A, b: !env B${more}}`) },
});

/** Each way to another value than the one that was trusted. */
const ROADS: Readonly<Record<string, readonly [before: Case, after: Case]>> = {
  "a template": [within(`vars: {c: '{{ env "A" }}'}`), within(`vars: {c: '{{ env "B" }}'}`)],
  "a template of a whole file": [asTemplate(`vars: {c: '{{ env "A" }}'}`), asTemplate(`vars: {c: '{{ env "B" }}'}`)],
  "the name that a template asks for": [
    within(`vars: {w: A, c: '{{ env .vars.w }}'}`),
    within(`vars: {w: B, c: '{{ env .vars.w }}'}`),
  ],
  "a key": [
    within(`vars: {q: !include ../../../outside/o.yaml, k: a, c: '{{ index .vars.q .vars.k }}'}`),
    within(`vars: {q: !include ../../../outside/o.yaml, k: b, c: '{{ index .vars.q .vars.k }}'}`),
  ],
  "what is encoded": [
    within(`vars: {q: !include ../../../outside/o.yaml .a, c: '{{ .vars.q | toJson | b64enc }}'}`),
    within(`vars: {q: !include ../../../outside/o.yaml .b, c: '{{ .vars.q | toJson | b64enc }}'}`),
  ],
  "a local": [
    within(`locals: {w: '{{ env "A" }}'}\nvars: {c: '{{ .locals.w }}'}`),
    within(`locals: {w: '{{ env "B" }}'}\nvars: {c: '{{ .locals.w }}'}`),
  ],
  "a local beside another one": [
    within(`locals: {a: '{{ env "A" }}', w: x}\nvars: {c: '{{ .locals.a }}{{ .locals.w }}{{ .vars.d }}', d: ""}`),
    within(
      `locals: {a: '{{ env "A" }}', w: '{{ env "B" }}'}\n` +
        `vars: {c: '{{ .locals.a }}{{ .locals.w }}{{ .vars.d }}', d: ""}`,
    ),
  ],
  "a setting": [
    within(`settings: {w: A}\nvars: {c: '{{ env .settings.w }}'}`),
    within(`settings: {w: B}\nvars: {c: '{{ env .settings.w }}'}`),
  ],
  "the context of an import": [
    {
      files: {
        [STACK]: stack("import: [{path: cat, context: {w: A}}]"),
        "stacks/cat.yaml": `vars: {c: '{{ env .w }}'}\n`,
      },
    },
    {
      files: {
        [STACK]: stack("import: [{path: cat, context: {w: B}}]"),
        "stacks/cat.yaml": `vars: {c: '{{ env .w }}'}\n`,
      },
    },
  ],
  "the context of an import from beyond the tree": [
    {
      files: {
        [STACK]: stack("import: [{path: ../../../outside/cat, context: {w: first}}]"),
        "../outside/cat.yaml": "vars: {c: '{{ .w }}'}\n",
      },
    },
    {
      files: {
        [STACK]: stack("import: [{path: ../../../outside/cat, context: {w: second}}]"),
        "../outside/cat.yaml": "vars: {c: '{{ .w }}'}\n",
      },
    },
  ],
  "a variable that the template of another file asks for": [
    within("vars: {c: !include ../../../outside/o.yaml .t, k: first}"),
    within("vars: {c: !include ../../../outside/o.yaml .t, k: second}"),
  ],
  "the call in an included file of the tree": [
    { files: { [STACK]: stack("vars: {c: !include ../in.yaml .c}"), "stacks/in.yaml": "c: !env A\n" } },
    { files: { [STACK]: stack("vars: {c: !include ../in.yaml .c}"), "stacks/in.yaml": "c: !env B\n" } },
  ],
  "the template in an included file of the tree": [
    { files: { [STACK]: stack("vars: {c: !include ../in.yaml .c}"), "stacks/in.yaml": `c: '{{ env "A" }}'\n` } },
    { files: { [STACK]: stack("vars: {c: !include ../in.yaml .c}"), "stacks/in.yaml": `c: '{{ env "B" }}'\n` } },
  ],
  "the name of a variable that a template makes": [
    within(`vars: {w: A, c: !env '{{ .vars.w }}'}`),
    within(`vars: {w: B, c: !env '{{ .vars.w }}'}`),
  ],
  "the query of an include that a template makes": [
    within(`vars: {w: a, c: !include '../../../outside/o.yaml .{{ .vars.w }}'}`),
    within(`vars: {w: b, c: !include '../../../outside/o.yaml .{{ .vars.w }}'}`),
  ],
  "!template": [
    within(`vars: {k: a, q: !include ../../../outside/o.yaml, c: !template '{{ index .vars.q .vars.k }}'}`),
    within(`vars: {k: b, q: !include ../../../outside/o.yaml, c: !template '{{ index .vars.q .vars.k }}'}`),
  ],
  "cluster_name_template, what it reads": [
    named(`cluster_name_template: '{{ index .vars .vars.k }}'`, ", k: a"),
    named(`cluster_name_template: '{{ index .vars .vars.k }}'`, ", k: b"),
  ],
  "cluster_name_template itself": [
    named(`cluster_name_template: '{{ env "A" }}'`, ""),
    named(`cluster_name_template: '{{ env "B" }}'`, ""),
  ],
  "cluster_name_pattern, with a second variable": [
    named("cluster_name_pattern: '{stage}-{tenant}-x'", ", stage: !env A, tenant: x"),
    named("cluster_name_pattern: '{stage}-{tenant}-x'", ", stage: !env A, tenant: !env B"),
  ],
};

for (const [road, [before, after]] of Object.entries(ROADS)) {
  Deno.test(`trust of a value that was fetched ends where it changes by: ${road}`, async () => {
    for (const [from, to] of [[before, after], [asRegion(before), asRegion(after)]]) {
      if (from === undefined || to === undefined) continue;
      const [one, two] = [await trusted(from), await trusted(to)];
      notDeepEqual(one.sent, two.sent);
      deepEqual([one.hashes.length > 0, two.hashes.length], [true, one.hashes.length]);
      notDeepEqual(one.hashes, two.hashes);
      deepEqual((await trusted(from)).hashes, one.hashes);
    }
  });
}

Deno.test("trust of a value that a template makes stays while the value is the same, whatever else changes", async () => {
  const one = await trusted(within(`vars: {c: '{{ env "A" }}', other: x}`));
  deepEqual(await trusted(within(`vars: {c: '{{ env "A" }}', other: y, more: !env B}`)), one);
});

Deno.test("trust of a value that one call names stays where the value changes by itself", async () => {
  for (const call of [`cluster_name: !env A`, `cluster_name: !include ../outside/o.yaml .a`]) {
    const files = { "atmos.yaml": atmosYaml(call), [STACK]: stack("vars: {}") };
    const [one, two] = [
      await trusted({ files }),
      await trusted({
        files: { ...files, "../outside/o.yaml": "a: rotated\n" },
        env: { A: "rotated", B: "second" },
      }),
    ];
    deepEqual([one.sent, two.sent, two.hashes], ["first us-east-2", "rotated us-east-2", one.hashes]);
  }
});
