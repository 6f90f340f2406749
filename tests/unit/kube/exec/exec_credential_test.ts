import assert from "node:assert/strict";
import { execCredential } from "../../../../src/kube/exec/exec_credential.ts";

Deno.test("an ExecCredential in the version that was asked for, its time in whole seconds", () => {
  const expiration = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  for (const version of ["v1", "v1beta1"]) {
    const apiVersion = `client.authentication.k8s.io/${version}`;
    assert.equal(
      execCredential({ apiVersion, token: "k8s-aws-v1.abc", expiration }),
      `{"kind":"ExecCredential","apiVersion":"${apiVersion}","spec":{},` +
        '"status":{"expirationTimestamp":"2026-01-02T03:04:05Z","token":"k8s-aws-v1.abc"}}\n',
    );
  }
});
