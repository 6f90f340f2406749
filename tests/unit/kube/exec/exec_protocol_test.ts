import assert from "node:assert/strict";
import type { AppError } from "../../../../src/errors.ts";
import { readExecInfo, renderExecCredential } from "../../../../src/kube/exec/exec_protocol.ts";

const V1 = "client.authentication.k8s.io/v1";

Deno.test("without KUBERNETES_EXEC_INFO the answer is v1beta1, and no user can be asked", () => {
  assert.deepEqual(readExecInfo(undefined), { apiVersion: `${V1}beta1`, interactive: false, cluster: undefined });
});

Deno.test("version, interactivity and server are those of kubectl", () => {
  const cluster = {
    server: "https://a.example",
    "certificate-authority-data": "QUJD",
    "insecure-skip-tls-verify": true,
  };
  assert.deepEqual(readExecInfo(JSON.stringify({ apiVersion: V1, spec: { interactive: true, cluster } })), {
    apiVersion: V1,
    interactive: true,
    cluster: { server: "https://a.example", certificateAuthorityData: "QUJD", isInsecure: true },
  });
  assert.equal(
    readExecInfo(JSON.stringify({ apiVersion: `${V1}beta1`, spec: { interactive: "yes" } })).interactive,
    false,
  );
});

Deno.test("other versions, and what is no ExecCredential, are refused in words", () => {
  const refusals: Readonly<Record<string, RegExp>> = {
    [`{"apiVersion":"${V1}alpha1"}`]: /API version ".*v1alpha1": it is not .*v1 or .*v1beta1$/,
    "{": /^Cannot understand KUBERNETES_EXEC_INFO: it is no JSON$/,
    "null": /it is no JSON object$/,
    "[]": /it is no JSON object$/,
    "{}": /it says no apiVersion$/,
    '{"apiVersion":1}': /it says no apiVersion$/,
  };
  for (const [execInfo, message] of Object.entries(refusals)) {
    assert.throws(
      () => readExecInfo(execInfo),
      (error: AppError) => error.code === "usage" && message.test(error.message),
    );
  }
});

Deno.test("an ExecCredential in the version that was asked for, its time in whole seconds", () => {
  const expiration = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  for (const version of ["v1", "v1beta1"]) {
    const apiVersion = `client.authentication.k8s.io/${version}`;
    assert.equal(
      renderExecCredential({ apiVersion, token: "k8s-aws-v1.abc", expiration }),
      `{"kind":"ExecCredential","apiVersion":"${apiVersion}","spec":{},` +
        '"status":{"expirationTimestamp":"2026-01-02T03:04:05Z","token":"k8s-aws-v1.abc"}}\n',
    );
  }
});
