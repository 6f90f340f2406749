import { deepEqual, equal, throws } from "node:assert/strict";
import { readDockerConfig } from "../../../src/docker/docker_config.ts";
import { dockerConfigFile } from "../../../src/docker/locate.ts";
import { auth, dockerHost, HOST, PATH } from "./docker_host.ts";

Deno.test("the file is where docker looks for it", () => {
  equal(dockerConfigFile(dockerHost().host), PATH);
  equal(dockerConfigFile(dockerHost({ env: { DOCKER_CONFIG: "/d" } }).host), "/d/config.json");
  throws(() => dockerConfigFile(dockerHost({ env: { HOME: "" } }).host), { code: "docker-config", exitStatus: 6 });
});

Deno.test("a registry's own helper wins over the store for all; an empty one means the file", () => {
  const config = readDockerConfig('{"credsStore": "pass", "credHelpers": {"a": "x", "b": ""}}');
  deepEqual(config.storeOf("a"), { helper: "x", from: "credHelpers" });
  equal(config.storeOf("b"), undefined);
  deepEqual(config.storeOf("c"), { helper: "pass", from: "credsStore" });
  equal(readDockerConfig("").storeOf("a"), undefined);
  deepEqual(config.registriesOf((name) => name === "x"), ["a"]);
});

Deno.test("whose login it is, and until when", () => {
  const password = btoa(JSON.stringify({ payload: "x", expiration: 1_800_000_000 }));
  const config = readDockerConfig(JSON.stringify({
    auths: {
      a: { auth: auth(`AWS:${password}`) },
      b: { auth: auth("me:p:w"), email: "x" },
      c: {},
      d: { auth: "?" },
      e: null,
    },
  }));
  const plain = (registry: string) => {
    const { auth, ...rest } = config.authOf(registry)!;
    return { ...rest, hasAuth: auth !== undefined };
  };
  equal(config.authOf("b")!.auth!.reveal(), auth("me:p:w"));
  deepEqual(plain("a"), { user: "AWS", hasAuth: true, expires: 1_800_000_000_000, keys: ["auth"] });
  deepEqual(plain("b"), { user: "me", hasAuth: true, expires: undefined, keys: ["auth", "email"] });
  deepEqual(plain("c"), { user: undefined, hasAuth: false, expires: undefined, keys: [] });
  equal(config.authOf("d")!.user, undefined);
  equal(config.authOf("e"), undefined);
  equal(config.authOf(HOST), undefined);
});

Deno.test("docker does not mind capitals in the keys of the file, so neither do we", () => {
  const config = readDockerConfig('{"AUTHS": {"a": {}}, "CredsStore": "pass"}');
  deepEqual([config.keyOf("auths"), config.keyOf("credHelpers")], ["AUTHS", "credHelpers"]);
  equal(config.storeOf("a")!.helper, "pass");
  throws(() => readDockerConfig('{"auths": {},\n "Auths": {}}'), {
    line: 2,
    column: 2,
    message: /"Auths" besides "auths"/,
  });
});

Deno.test("what docker could not read is refused, with its place", () => {
  throws(() => readDockerConfig('{"auths": []}'), { line: 1, column: 11, message: /"auths" .* not an object/ });
  throws(() => readDockerConfig('{"credsStore": 1}'), { column: 16, message: /"credsStore" .* not a text/ });
  throws(() => readDockerConfig('{"auths": {"a": "x"}}').authOf("a"), { message: /"a" .* not an object/ });
  throws(() => readDockerConfig('{"auths": {"a": {"auth": 1}}}').authOf("a"), { message: /"auth" .* not a text/ });
  throws(() => readDockerConfig('{"credHelpers": {"a": {}}}').storeOf("a"), { message: /"a" .* not a text/ });
  throws(() => readDockerConfig("[]"), { message: /not an object/ });
});
