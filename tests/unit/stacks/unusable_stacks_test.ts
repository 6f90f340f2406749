import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { componentNames, namesWith } from "../../../src/stacks/names.ts";
import { REPO, stackRepository } from "../../support/config/stack_repository.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

/** How stacks are named, and what a manifest says to be called dev. */
const NAMINGS: Readonly<Record<string, readonly [string, string]>> = {
  "name_template": [', name_template: "{{ .vars.stage }}"', "vars: {stage: dev}\n"],
  "name_pattern": [', name_pattern: "{stage}"', "vars:\n  stage: dev\n"],
  "name": ["", "name: dev\n"],
  "an import": [', name_template: "{{ .vars.stage }}"', ""],
};

/** What makes a stack unusable, and its first error. */
const FAULTS: Readonly<Record<string, readonly [string, RegExp]>> = {
  "an import that is not there": [
    "import: [catalog/vpcc, mixins/dev]\n",
    /the import "catalog\/vpcc" does not exist; did you mean "catalog\/vpc"/,
  ],
  "several of them": ["import: [catalog/x1, catalog/x2, mixins/dev]\n", /the import "catalog\/x1" does not exist/],
  "one after the others": ["import: [mixins/dev, catalog/vpcc]\n", /the import "catalog\/vpcc" does not exist/],
  "an import of an import": [
    "import: [catalog/deep, mixins/dev]\n",
    /deep\.yaml": the import "catalog\/nowhere" does not exist/,
  ],
  "an import that cannot be read": [
    "import: [catalog/bad, mixins/dev]\n",
    /bad\.yaml:2:1 Cannot read configuration "\S+bad\.yaml"/,
  ],
  "imports in a circle": ["import: [mixins/dev, catalog/round]\n", /circular import/],
  "a template that fails": [
    "import: [mixins/dev, {path: catalog/broken, context: {a: 1}}]\n",
    /template: there is no function "nosuch"/,
  ],
};

const COMPONENTS = "components: {terraform: {vpc: {}, only-here: {}}}\n";

function repository(naming: string, dev: string) {
  const paths = 'base_path: stacks, included_paths: ["deploy/*"]';
  return stackRepository({
    "atmos.yaml": `stacks: {${paths}${naming}}\n`,
    "stacks/deploy/one.yaml": dev,
    "stacks/deploy/two.yaml": "name: dev2\ncomponents: {terraform: {vpc: {}, vpc2: {}}}\n",
    "stacks/deploy/three.yaml": "name: prod-dev\ncomponents: {terraform: {vpc: {}}}\n",
    "stacks/mixins/dev.yaml": "vars: {stage: dev}\n",
    "stacks/catalog/vpc.yaml": "vars: {}\n",
    "stacks/catalog/deep.yaml": "import: [catalog/nowhere]\n",
    "stacks/catalog/bad.yaml": "vars: [\n",
    "stacks/catalog/round.yaml": "import: [catalog/round]\n",
    "stacks/catalog/broken.yaml": "vars: {a: '{{ nosuch }}'}\n",
  });
}

function placed({ place, message }: AppError): string {
  return `${place?.file}:${place?.line}:${place?.column} ${message}`.replaceAll(`${REPO}/`, "");
}

for (const [naming, [stacks, own]] of Object.entries(NAMINGS)) {
  for (const [fault, [imports, wanted]] of Object.entries(FAULTS)) {
    Deno.test(`a stack named by ${naming} with ${fault} is told with its own first error, and others are used`, async () => {
      const { index } = await repository(stacks, imports + own + COMPONENTS);
      const isOwn = (error: AppError) => {
        equal(error.code, "config-invalid");
        match(placed(error), wanted);
        return true;
      };
      await rejects(findComponent(index, { name: "vpc", stack: "dev" }), isOwn);
      await rejects(findComponent(index, { name: "vpcc", stack: "dev" }), isOwn);
      await rejects(componentNames(index, { stack: "dev", withAbstract: false }), isOwn);
      await rejects(findComponent(index, { name: "only-here", stack: undefined }), isOwn);
      await rejects(findComponent(index, { name: "vpc", stack: undefined }), isOwn);
      equal((await findComponent(index, { name: "vpc", stack: "dev2" })).stackName, "dev2");
      equal((await findComponent(index, { name: "vpc2", stack: undefined })).stackName, "dev2");
      deepEqual((await namesWith(index, { component: undefined })).toSorted(), ["dev2", "prod-dev"]);
      deepEqual(await componentNames(index, { stack: undefined, withAbstract: false }), ["vpc", "vpc2"]);
      const [failure, ...more] = index.failuresWithFiles;
      match(placed(failure!.error), wanted);
      deepEqual([failure!.files, more], [["deploy/one"], []]);
    });
  }
}

Deno.test("a manifest that cannot be read at all is told where its text says that it is the stack that is meant", async () => {
  const broken = ["vars: {stage: dev}\na: [\n", "name: dev\na: [\n", "vars:\n  stage: 'dev'\nimport: x\n"];
  for (const text of broken) {
    const { index } = await repository(', name_template: "{{ .vars.stage }}"', text);
    await rejects(findComponent(index, { name: "vpc", stack: "dev" }), /Cannot read .*one\.yaml"/);
    await rejects(findComponent(index, { name: "vpc", stack: "dev3" }), /did you mean "dev2"/);
  }
  const { index } = await repository("", "a: [\n");
  await rejects(findComponent(index, { name: "vpc", stack: "deploy/one" }), /Cannot read .*one\.yaml"/);
});

Deno.test("a broken component takes neither the name from its stack nor others from a list", async () => {
  for (const naming of [', name_template: "{{ .vars.stage }}"', ', name_pattern: "{stage}"', ""]) {
    const { index } = await repository(
      naming,
      "vars: {stage: dev}\ncomponents: {terraform: {a: {metadata: {inherits: [none]}}, vpc: {}}}\n",
    );
    const name = naming === "" ? "deploy/one" : "dev";
    deepEqual((await namesWith(index, { component: undefined })).toSorted(), [name, "dev2", "prod-dev"].toSorted());
    equal((await findComponent(index, { name: "vpc", stack: name })).stackName, name);
    await rejects(findComponent(index, { name: "a", stack: name }), /"a" inherits from "none"/);
    deepEqual(
      await componentNames(index, { stack: name, withAbstract: false }),
      naming === "" ? ["a", "vpc"] : ["vpc"],
    );
  }
});

Deno.test("one fault of a catalog is told once, with all stacks that have it", async () => {
  const { index } = await stackRepository({
    "atmos.yaml": 'stacks: {base_path: stacks, included_paths: ["deploy/*"]}\n',
    ...Object.fromEntries(["a", "b", "c"].map((name) => [`stacks/deploy/${name}.yaml`, "import: [catalog/bad]\n"])),
    "stacks/catalog/bad.yaml": "import: [catalog/nowhere]\n",
  });
  deepEqual(await index.stacks(), []);
  deepEqual(index.failuresWithFiles.map(({ files }) => files), [["deploy/a", "deploy/b", "deploy/c"]]);
});

Deno.test("remote imports of manifests are skipped; what is not found may be in them", async () => {
  const files = {
    "atmos.yaml":
      'import: ["https://example.com/atmos.yaml"]\nstacks: {base_path: stacks, included_paths: ["deploy/*"]}\n',
    "stacks/deploy/dev.yaml": `import:
  - catalog/net
  - git::https://example.com/acme/catalog.git//stacks/vpc?ref=v1
  - {path: "s3::https://s3.amazonaws.com/acme/{{ .vars.stage }}.yaml"}
  - git.example.com/acme/catalog//eks
vars: {stage: dev}
components: {terraform: {vpc: {}}}
`,
    "stacks/catalog/net.yaml": "import: [oci://ghcr.io/acme/net]\n",
    "stacks/deploy/prod.yaml": "import: [catalog/net]\n",
  };
  const { index } = await stackRepository(files);
  const found = await findComponent(index, { name: "vpc", stack: "deploy/dev" });
  equal(found.component.stack.layers.length, 2);
  await index.stacks();
  deepEqual(index.failures, []);
  const places = index.skippedImports.map(({ address, place }) =>
    `${place.file.split("/").at(-1)}:${place.line} ${address}`
  );
  deepEqual(places, [
    "net.yaml:1 oci://ghcr.io/acme/net",
    "dev.yaml:3 git::https://example.com/acme/catalog.git//stacks/vpc?ref=v1",
    "dev.yaml:4 s3::https://s3.amazonaws.com/acme/{{ .vars.stage }}.yaml",
    "dev.yaml:5 git.example.com/acme/catalog//eks",
  ]);
  for (const input of [{ name: "eks", stack: "deploy/dev" }, { name: "vpc", stack: "nowhere" }]) {
    await rejects(findComponent(index, input), (error: AppError) => {
      equal(error.code, "config-not-found");
      match(
        renderRemedy({}, error),
        /^It may be in a remote import that was skipped: https:\/\/example\.com\/atmos\.yaml \(\S+atmos\.yaml:1:10, and 4 more\)\n/,
      );
      return true;
    });
  }
});
