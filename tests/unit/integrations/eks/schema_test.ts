import { equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { fieldsIn } from "../../../../src/config/schema/field_table.ts";
import { kind } from "../../../../src/integrations/eks/schema.ts";

const CLUSTER = { name: "dev-cluster", region: "us-east-2" };
const PREFIX = "spec.cluster.";

function isValid(cluster: object): boolean {
  return v.safeParse(kind.schema, { kind: "aws/eks", via: { identity: "dev" }, spec: { cluster } }).success;
}

Deno.test("an integration's names, paths and addresses are no empty text", () => {
  ok(isValid(CLUSTER));
  const fields = fieldsIn(kind.schema).flatMap(({ path }) =>
    path.startsWith(PREFIX) ? [path.slice(PREFIX.length)] : []
  );
  for (const name of ["alias", "aliases", "user_alias", "namespace", "kubeconfig.path"]) {
    ok(fields.includes(name), name);
  }
  for (const field of fields) {
    const [key, inner] = field.split(".") as [string, string?];
    const empty = inner === undefined ? key === "aliases" ? [""] : "" : { [inner]: "" };
    equal(isValid({ ...CLUSTER, [key]: empty }), false, field);
  }
});
