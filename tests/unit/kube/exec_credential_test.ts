import assert from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { execCredential } from "../../../src/kube/exec_credential.ts";

const BASE = { token: "k8s-aws-v1.abc", expiration: Date.UTC(2026, 0, 2, 3, 4, 5, 678) };

Deno.test("an ExecCredential in the version kubectl asks for, v1beta1 when nobody asks", () => {
  assert.equal(
    execCredential({ ...BASE, execInfo: undefined }),
    '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","spec":{},' +
      '"status":{"expirationTimestamp":"2026-01-02T03:04:05Z","token":"k8s-aws-v1.abc"}}\n',
  );
  const execInfo = '{"apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}}';
  assert.equal(JSON.parse(execCredential({ ...BASE, execInfo })).apiVersion, "client.authentication.k8s.io/v1");
});

Deno.test("other versions are refused", () => {
  for (const execInfo of ['{"apiVersion":"client.authentication.k8s.io/v1alpha1"}', "{", "null", "[]"]) {
    assert.throws(() => execCredential({ ...BASE, execInfo }), (error: AppError) => error.code === "usage");
  }
});
