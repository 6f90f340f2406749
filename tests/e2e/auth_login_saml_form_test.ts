import { deepEqual, equal, match, ok } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";
import { type OnTerminal, onTerminal } from "../support/terminal/on_terminal.ts";
import { ASSERTION_CANARY, READER, samlBase64 } from "../support/saml/document.ts";
import { html, startIdp, USER } from "../support/saml/idp.ts";
import { adfs, keycloak, simpleSaml, twoPages } from "../support/saml/idp_pages.ts";
import { SAML_CREDENTIALS, samlWorld } from "../support/runs/saml_run.ts";

const LOGIN = ["auth", "login", "--logs-level", "trace", "--verbose"];
const KNOWN = { ...NOBODY, ATMOS_SAML_USERNAME: USER.name, ATMOS_SAML_PASSWORD: USER.password };
const START = {
  keycloak: "/realms/corp/protocol/saml/clients/aws",
  adfs: "/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn:amazon:webservices",
  simpleSaml: "/simplesaml/saml2/idp/SSOService.php?spentityid=aws",
};

/** Throws when something secret is in a text or a file. */
function assertSecret(world: LoginWorld, texts: readonly string[]): void {
  const all = [...texts, ...world.home.files().map((path) => world.home.read(path)!)].join("\n");
  const secrets = [USER.password, encodeURIComponent(USER.password), USER.code, ASSERTION_CANARY];
  for (const secret of [...secrets, samlBase64().slice(300, 360)]) ok(!all.includes(secret), `${secret} is in ${all}`);
}

for (const [name, page] of [["simpleSaml", simpleSaml], ["adfs", adfs]] as const) {
  Deno.test(`SAML form: ${name} with user and password of the environment, and nobody there`, async () => {
    await using idp = startIdp([page]);
    await using world = await samlWorld({ provider: `url: "${idp.url}${START[name]}", driver: form` });
    const { status, stdout, stderr } = await world.run(LOGIN, KNOWN);
    equal(status, 0, stderr);
    match(world.home.read(SAML_CREDENTIALS)!, /\[reader\]\naws_access_key_id = ASIASTANDIN/);
    deepEqual(world.aws.calls.map(({ action, parameters }) => [action, parameters["RoleArn"]]), [
      ["AssumeRoleWithSAML", READER],
    ]);
    assertSecret(world, [stdout, stderr]);
  });
}

Deno.test("SAML form: a name and a password on two pages, then a form that sends itself; nothing configured but ADFS", async () => {
  await using idp = startIdp([twoPages]);
  await using world = await samlWorld({ provider: `url: "${idp.url}/login", driver: ADFS, username: ${USER.name}` });
  const { status, stderr } = await world.run(LOGIN, KNOWN);
  equal(status, 0, stderr);
  deepEqual(idp.requests.map(({ path }) => path), ["/login", "/login/password", "/login/done", "/login/bridge"]);
});

Deno.test("SAML form: a wrong password that is configured is sent once", async () => {
  await using idp = startIdp([keycloak]);
  await using world = await samlWorld({ provider: `url: "${idp.url}${START.keycloak}", password: !env WRONG` });
  const env = { ...KNOWN, WRONG: "canary-wrong" };
  const { status, stdout, stderr } = await world.run(LOGIN, env);
  equal(status, 4);
  match(stderr, /: the user name or the password is not accepted\nHint: Correct the provider's username and password/);
  equal(idp.requests.filter(({ method }) => method === "POST").length, 1);
  ok(!`${stdout}${stderr}`.includes("canary-wrong"));
  assertSecret(world, [stdout, stderr]);
});

Deno.test("SAML form: nobody there and nothing configured: no request; a code that nobody can type: login needed", async () => {
  await using idp = startIdp([keycloak]);
  await using world = await samlWorld({ provider: `url: "${idp.url}${START.keycloak}"` });
  const nobody = await world.run(LOGIN, NOBODY);
  equal(nobody.status, 4);
  match(
    nobody.stderr,
    /^Error: Cannot log in with provider "corp" at "127\.0\.0\.1:\d+": there is no terminal to ask at\nHint: /m,
  );
  equal(idp.requests.length, 0);
  const code = await world.run(LOGIN, KNOWN);
  equal(code.status, 4);
  match(
    code.stderr,
    /: it asks for the code of a second factor\nHint: Log in at a terminal: atmos auth login reader\n/,
  );
});

Deno.test("SAML form: a person types user, password and code; a wrong password may be typed again", async () => {
  if (!hasProgram("script", "SAML form: a person types")) return;
  await using idp = startIdp([keycloak]);
  await using world = await samlWorld({ provider: `url: "${idp.url}${START.keycloak}", driver: form` });
  const typed = await typing(world, ["me", "wrong", USER.name, USER.password, "1", USER.code]);
  equal(typed.status, 0, typed.shown);
  match(
    typed.shown,
    /User name at 127\.0\.0\.1:\d+: [^]*Password at [^]*not accepted\. Try again\.[^]*Code of your second/,
  );
  assertSecret(world, []);
  const thrice = await typing(world, ["a", "b", "a", "b", "a", "b"], ["--force"]);
  equal(thrice.status, 4);
  match(thrice.shown, /Error: .*the user name or the password is not accepted\r?\nHint: Log in again/);
  equal(idp.requests.filter(({ body }) => body.get("username") === "a").length, 3);
});

async function typing(world: LoginWorld, lines: readonly string[], more: readonly string[] = []) {
  const run: OnTerminal = {
    args: [...LOGIN, ...more],
    env: world.env(),
    cwd: world.home.at("repo"),
    question: "User name at",
    answer: `${lines.join("\n")}\n`,
  };
  return await onTerminal(run);
}

Deno.test("SAML form: pages that lead astray are refused, and no password goes where nobody asked for it", async () => {
  await using thief = startIdp([() => html("<title>Thanks</title>")]);
  const form = "<form method=post action=/submit><input name=u><input name=p type=password></form>";
  const astray = {
    "/http": html(
      `<form method=post action="http://idp.example.com/"><input name=u><input name=p type=password></form>`,
    ),
    "/loop": new Response(null, { status: 302, headers: { location: "/loop" } }),
    "/aws": new Response(null, { status: 302, headers: { location: "https://signin.aws.amazon.com/saml" } }),
    "/new": html("<form><input name=a type=password><input name=b type=password></form>"),
    "/none": new Response("<title>Access denied</title>", { status: 403 }),
    "/down": new Response("", { status: 503 }),
    "/submit": new Response(null, { status: 307, headers: { location: `${thief.url}/` } }),
    "/start": html(form),
  };
  await using idp = startIdp([({ url }) => astray[url.pathname as keyof typeof astray]?.clone()]);
  const found = {
    "/http": [4, /an address without https/],
    "/loop": [4, /it redirects without an end/],
    "/aws": [4, /leads to AWS without a SAML response/],
    "/new": [4, /asks for a new password/],
    "/none": [4, /its page "Access denied" \(status 403\) has no form/],
    "/down": [7, /answers with status 503/],
    "/start": [4, /it would hand the form on to http:\/\/127/],
  } as const;
  for (const [path, [status, message]] of Object.entries(found)) {
    await using world = await samlWorld({ provider: `url: "${idp.url}${path}", driver: form` });
    const run = await world.run(LOGIN, KNOWN);
    equal(run.status, status, `${path}: ${run.stderr}`);
    match(run.stderr, message);
  }
  equal(thief.requests.length, 0);
});

Deno.test("SAML form: a host that this program may not connect to is named, with the way to allow it", async () => {
  await using world = await samlWorld({ provider: "url: https://idp.example.com/x, driver: form" });
  const { status, stderr } = await world.run(LOGIN, KNOWN);
  equal(status, 7);
  match(
    stderr,
    /^Error: Cannot log in at "https:\/\/idp\.example\.com\/x": this program may not connect to \S+:443\n/m,
  );
  match(stderr, /Hint: .*deno task compile --allow-host idp\.example\.com/);
});
