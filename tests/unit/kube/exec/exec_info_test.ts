import assert from "node:assert/strict";
import type { AppError } from "../../../../src/errors.ts";
import { execRequest } from "../../../../src/kube/exec/exec_info.ts";

const V1 = "client.authentication.k8s.io/v1";

Deno.test("without KUBERNETES_EXEC_INFO the answer is v1beta1, and nobody is there to be asked", () => {
  assert.deepEqual(execRequest(undefined), { apiVersion: `${V1}beta1`, interactive: false, cluster: undefined });
});

Deno.test("version, person and server are those of kubectl", () => {
  const cluster = {
    server: "https://a.example",
    "certificate-authority-data": "QUJD",
    "insecure-skip-tls-verify": true,
  };
  assert.deepEqual(execRequest(JSON.stringify({ apiVersion: V1, spec: { interactive: true, cluster } })), {
    apiVersion: V1,
    interactive: true,
    cluster: { server: "https://a.example", certificateAuthorityData: "QUJD", isInsecure: true },
  });
  assert.equal(
    execRequest(JSON.stringify({ apiVersion: `${V1}beta1`, spec: { interactive: "yes" } })).interactive,
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
      () => execRequest(execInfo),
      (error: AppError) => error.code === "usage" && message.test(error.message),
    );
  }
});
