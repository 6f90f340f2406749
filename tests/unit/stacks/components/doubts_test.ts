import { deepEqual } from "node:assert/strict";
import { componentDoubts } from "../../../../src/stacks/components/doubts.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { REPO, stackRepository } from "../../../support/config/stack_repository.ts";

const ATMOS = 'stacks: {included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n';
const ALL = "backend: {s3: {bucket: b}}, remote_state_backend: {s3: {role: r}}";

async function doubts(terraform: string, component = "{}"): Promise<readonly string[]> {
  const text = `vars: {stage: dev}\nterraform: {${terraform}}\ncomponents: {terraform: {app: ${component}}}\n`;
  const { index } = await stackRepository({ "atmos.yaml": ATMOS, "stacks/deploy/dev.yaml": text });
  const { component: found } = await findComponent(index, { name: "app", stack: "dev" });
  return componentDoubts(found).map(({ message, place }) =>
    `${place!.file!.slice(REPO.length + 1)}:${place!.line}: ${message}`
  );
}

Deno.test("doubts about state: what is said of another type, or of none, counts for nothing", async () => {
  const at = "stacks/deploy/dev.yaml:2:";
  deepEqual(await doubts(ALL), [
    `${at} backend has no effect: there is no backend_type`,
    `${at} remote_state_backend has no effect: there is no backend_type`,
  ]);
  deepEqual(await doubts(`backend_type: gcs, ${ALL}`), [
    `${at} backend has no effect: the backend type is "gcs", which it does not configure`,
    `${at} remote_state_backend has no effect: the backend type is "gcs", which it does not configure`,
  ]);
  deepEqual(await doubts(`backend_type: s3, ${ALL}`, "{backend_type: local, backend: {local: {path: p}}}"), [
    `${at} remote_state_backend has no effect: the backend type is "local", which it does not configure`,
  ]);
});

Deno.test("doubts about state: none where the type is there, is not known yet, or nothing is said", async () => {
  for (
    const terraform of [
      "",
      "backend_type: s3",
      `backend_type: s3, ${ALL}`,
      `backend_type: gcs, remote_state_backend_type: s3, backend: {gcs: {}}, remote_state_backend: {s3: {}}`,
      `backend_type: "{{ .vars.type }}", ${ALL}`,
      `backend_type: !env TYPE, ${ALL}`,
    ]
  ) deepEqual(await doubts(terraform), [], terraform);
});

Deno.test("doubts about overrides: sections that they cannot have", async () => {
  const told = await doubts("overrides: {vars: {a: 1}, backend: {s3: {}}}", "{overrides: {metadata: {}, hooks: {}}}");
  deepEqual(told.map((text) => text.replace(/ are .*/, "")), [
    "stacks/deploy/dev.yaml:3: overrides.metadata has no effect: available",
    "stacks/deploy/dev.yaml:2: overrides.backend has no effect: available",
  ]);
});
