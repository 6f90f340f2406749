import { deepEqual, equal } from "node:assert/strict";
import { NOBODY } from "../support/runs/login_run.ts";
import { startIdp, USER } from "../support/saml/idp.ts";
import { simpleSaml } from "../support/saml/idp_pages.ts";
import { samlWorld } from "../support/runs/saml_run.ts";

const MANY = 6;
const KNOWN = { ...NOBODY, ATMOS_SAML_USERNAME: USER.name, ATMOS_SAML_PASSWORD: USER.password };
const START = "/simplesaml/saml2/idp/SSOService.php";

Deno.test("6 processes need one SAML login at once: one logs in, and all get its credentials", async () => {
  await using idp = startIdp([simpleSaml]);
  await using world = await samlWorld({ provider: `url: "${idp.url}${START}", driver: form` });
  const args = ["auth", "exec", "--", "sh", "-c", "echo $AWS_PROFILE"];
  const runs = await Promise.all(Array.from({ length: MANY }, () => world.run(args, KNOWN)));
  deepEqual(runs.map(({ status, stdout }) => [status, stdout]), Array(MANY).fill([0, "reader\n"]));
  equal(idp.requests.filter(({ method }) => method === "POST").length, 1);
  equal(world.aws.count("AssumeRoleWithSAML"), 1);
});

Deno.test("one wrong password is sent once by all that waited, before it locks the account; a person may try at once", async () => {
  await using idp = startIdp([simpleSaml]);
  await using world = await samlWorld({ provider: `url: "${idp.url}${START}", driver: form` });
  const wrong = { ...KNOWN, ATMOS_SAML_PASSWORD: "wrong" };
  const runs = await Promise.all(Array.from({ length: MANY }, () => world.run(["auth", "exec", "--", "true"], wrong)));
  deepEqual(runs.map(({ status }) => status), Array(MANY).fill(4));
  equal(idp.requests.filter(({ method }) => method === "POST").length, 1);
  equal((await world.run(["auth", "login"], KNOWN)).status, 0);
});
