import { deepEqual } from "node:assert/strict";
import { findHiddenLogins } from "../../../src/docker/hidden_logins.ts";
import { fakeHost } from "../../support/host/fake_host.ts";
import { auth, HOST } from "./docker_host.ts";

const hidden = (value: string | undefined) => {
  const env: Record<string, string> = value === undefined ? {} : { DOCKER_AUTH_CONFIG: value };
  return findHiddenLogins(fakeHost({ env }), [HOST, "public.ecr.aws"]);
};
const entry = (name: string, login = "AWS:x") => `"${name}": {"auth": "${auth(login)}"}`;

Deno.test("what DOCKER_AUTH_CONFIG has a login of is hidden, by the very name", () => {
  deepEqual(hidden(undefined), []);
  deepEqual(hidden(`{"auths": {${entry(HOST)}, ${entry("ghcr.io")}}}`), [HOST]);
  deepEqual(hidden(`{"AUTHS": {${entry("public.ecr.aws").replace("auth", "Auth")}, ${entry(HOST, "me:")}}}`), [
    HOST,
    "public.ecr.aws",
  ]);
  deepEqual(hidden(`{"auths": {${entry("ghcr.io")}, ${entry(`https://${HOST}`)}}}`), []);
});

Deno.test("what docker would not take hides nothing", () => {
  const values = [
    ...["", "not json", "null", "[]", "{}", '{"auths": null}', '{"auths": {}}', '{"auths": [1]}', '{"auths": "x"}'],
    `{"auths": {${entry(HOST)}}, "credsStore": "pass"}`,
    `{"credsStore": "pass", "auths": {${entry(HOST)}}}`,
    `{"auths": {${entry(HOST)}}} {}`,
    `{"auths": {"${HOST}": {"auth": "${auth("AWS:x")}", "email": "a@b"}}}`,
    `{"auths": {"${HOST}": {"email": "a@b", "auth": "${auth("AWS:x")}"}}}`,
    `{"auths": {"${HOST}": {}}}`,
    `{"auths": {"${HOST}": null}}`,
    `{"auths": {${entry(HOST)}, "ghcr.io": {"auth": ""}}}`,
    `{"auths": {${entry(HOST, "nobody")}}}`,
    `{"auths": {${entry(HOST, ":x")}}}`,
    `{"auths": {"${HOST}": {"auth": "%%%"}}}`,
    `{"auths": {"${HOST}": {"auth": 1}}}`,
  ];
  deepEqual(values.filter((value) => hidden(value).length > 0), []);
});
