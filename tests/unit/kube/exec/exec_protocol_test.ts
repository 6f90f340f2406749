import assert from "node:assert/strict";
import { renderParts } from "../../../../src/cli/output/remedy.ts";
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

Deno.test("what cannot be understood is answered in v1beta1, with a warning of one line", () => {
  const warnings: Readonly<Record<string, RegExp>> = {
    [`{"apiVersion":"${V1}alpha2"}`]:
      /^Unknown API version "\S+v1alpha2" in KUBERNETES_EXEC_INFO; answered in .*v1beta1$/,
    [`{"apiVersion":"a\\nb"}`]: /^Unknown API version "a\\nb" in/,
    '{"apiVersion":""}': /^Unknown API version "" in/,
    "{": /^Cannot understand KUBERNETES_EXEC_INFO: it is not a JSON object; answered in .*v1beta1$/,
    "\0": /it is not a JSON object/,
    " ": /it is not a JSON object/,
    "null": /it is not a JSON object/,
    "[]": /it is not a JSON object/,
    "{}": /it has no apiVersion/,
    '{"apiVersion":1}': /it has no apiVersion/,
    '{"apiVersion":null,"spec":[]}': /it has no apiVersion/,
  };
  for (const [execInfo, expected] of Object.entries(warnings)) {
    const { warning, ...request } = readExecInfo(execInfo);
    assert.deepEqual(request, { apiVersion: `${V1}beta1`, interactive: false, cluster: undefined }, execInfo);
    assert.match(renderParts({}, warning!), expected);
    assert.ok(!renderParts({}, warning!).includes("\n"));
  }
});

Deno.test("an unknown version keeps the server, which the token may be pinned to", () => {
  for (const apiVersion of ["x/v9", 1, undefined]) {
    const request = readExecInfo(
      JSON.stringify({ apiVersion, spec: { interactive: true, cluster: { server: "https://b" } } }),
    );
    assert.deepEqual([request.interactive, request.cluster?.server], [true, "https://b"]);
  }
});

Deno.test("v1alpha1 is answered as it is asked, with a warning; v1 and v1beta1 have none", () => {
  const [old, ...known] = ["alpha1", "beta1", ""].map((end) => readExecInfo(`{"apiVersion":"${V1}${end}"}`));
  assert.equal(old!.apiVersion, `${V1}alpha1`);
  assert.match(
    renderParts({}, old!.warning!),
    /v1alpha1, which kubectl 1\.24 and later refuse; rewrite the entry: atmos aws eks/,
  );
  assert.deepEqual(known.map(({ apiVersion, warning }) => [apiVersion, warning]), [[`${V1}beta1`, undefined], [
    V1,
    undefined,
  ]]);
});

Deno.test("an ExecCredential in the version that was asked for, its time in whole seconds", () => {
  const expiration = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  for (const version of ["v1", "v1beta1", "v1alpha1"]) {
    const apiVersion = `client.authentication.k8s.io/${version}`;
    assert.equal(
      renderExecCredential({ apiVersion, token: "k8s-aws-v1.abc", expiration }),
      `{"kind":"ExecCredential","apiVersion":"${apiVersion}","spec":{},` +
        '"status":{"expirationTimestamp":"2026-01-02T03:04:05Z","token":"k8s-aws-v1.abc"}}\n',
    );
  }
});
