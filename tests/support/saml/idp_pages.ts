import { html, type IdpPage, isRight, redirect, USER } from "./idp.ts";

/** SimpleSAMLphp: a redirect that sets cookies, a form in a table that needs them and its state. */
export const simpleSaml: IdpPage = (visit) => {
  const { url, method, body, cookies } = visit;
  if (url.pathname === "/simplesaml/saml2/idp/SSOService.php") {
    return redirect("/simplesaml/module.php/core/loginuserpass?AuthState=_a1%3Ahttps", [
      "SimpleSAML=s1; path=/; HttpOnly",
      "SimpleSAMLSessionID=s2; path=/simplesaml; HttpOnly",
    ]);
  }
  if (url.pathname !== "/simplesaml/module.php/core/loginuserpass") return undefined;
  if (cookies.get("SimpleSAML") !== "s1" || cookies.get("SimpleSAMLSessionID") !== "s2") return redirect("/no-cookies");
  if (method === "POST" && body.get("AuthState") === "_a1:https" && isRight(body, ["username", "password"])) {
    return visit.response();
  }
  return html(`<!DOCTYPE html><html><head><title>Enter your username and password</title></head><body>
<form action="/search" method="get"><input name="q" type="text"></form>
<form id="f" action="?" method="post" name="f"><table><tr><td><label for="username">Username</label></td>
<td><input id="username" type="text" name="username" value="" autocomplete="username"></td></tr>
<tr><td><input id="password" type="password" name="password"></td></tr></table>
<input type="hidden" id="authstate" name="AuthState" value="_a1:https">
<button id="submit_button" type="submit">Login</button></form>`);
};

/** ADFS: a form that posts to itself, a redirect to itself with a cookie, then the response. */
export const adfs: IdpPage = (visit) => {
  const { url, method, body, cookies } = visit;
  if (url.pathname !== "/adfs/ls/IdpInitiatedSignOn.aspx") return undefined;
  if (cookies.get("MSISAuth") === "ok") return visit.response();
  const right = body.get("AuthMethod") === "FormsAuthentication" && isRight(body, ["UserName", "Password"]);
  if (method === "POST" && right) return redirect(url.pathname + url.search, ["MSISAuth=ok; path=/adfs; secure"]);
  return html(`<html><head><title>Sign In</title><base href="/adfs/"></head><body>
<form method="post" id="loginForm" action="${url.pathname}${url.search.replaceAll("&", "&amp;")}" novalidate>
<input id="userNameInput" name="UserName" type="email" value="" tabindex="1" placeholder="someone@example.com">
<input id="passwordInput" name="Password" type="password" tabindex="2">
<input type="checkbox" name="Kmsi" id="kmsiInput" value="true">
<span id="submitButton" onclick="return Login.submitLoginRequest();">Sign in</span>
<input id="optionForms" type="hidden" name="AuthMethod" value="FormsAuthentication"></form></body></html>`);
};

/** Keycloak: the same form again after a wrong password, then one for the code of an authenticator app. */
export const keycloak: IdpPage = (visit) => {
  const { url, method, body, cookies } = visit;
  if (url.pathname === "/realms/corp/protocol/saml/clients/aws") {
    return html(keycloakLogin(""), { "set-cookie": "KC_RESTART=r; Path=/realms/corp/; HttpOnly" });
  }
  if (url.pathname !== "/realms/corp/login-actions/authenticate" || method !== "POST") return undefined;
  if (cookies.get("KC_RESTART") !== "r") return undefined;
  const step = url.searchParams.get("execution");
  if (step === "otp") return body.get("otp") === USER.code ? visit.response() : html(keycloakCode());
  if (body.get("login") === "Sign In" && isRight(body, ["username", "password"])) return html(keycloakCode());
  return html(keycloakLogin("<span id=input-error>Invalid username or password.</span>"));
};

function keycloakLogin(error: string): string {
  return `<!DOCTYPE html><title>Sign in to corp</title><div>${error}<form id="kc-form-login" onsubmit="login.disabled = true;"
action="/realms/corp/login-actions/authenticate?session_code=x&amp;execution=password&amp;client_id=aws" method="post">
<input id="username" name="username" value="" type="text" autofocus autocomplete="username">
<input id="password" name="password" type="password" autocomplete="current-password">
<input type="hidden" id="id-hidden-input" name="credentialId"><input name="login" id="kc-login" type="submit" value="Sign In">
</form></div>`;
}

function keycloakCode(): string {
  return `<!DOCTYPE html><title>Sign in to corp</title><form id="kc-otp-login-form" method="post"
action="/realms/corp/login-actions/authenticate?session_code=y&amp;execution=otp">
<input id="kc-otp-credential-0" type="radio" name="selectedCredentialId" value="device-1" checked="checked">
<input id="otp" name="otp" autocomplete="one-time-code" type="text" autofocus>
<input name="login" id="kc-login" type="submit" value="Sign In"></form>`;
}

/** The name on one page, the password on the next, then a form that sends itself on. */
export const twoPages: IdpPage = (visit) => {
  const { url, body } = visit;
  if (url.pathname === "/login") {
    return html(`<title>Who are you?</title><form method=post action=/login/password><input name=identifier type=text>
<button>Next</button></form>`);
  }
  if (url.pathname === "/login/password" && body.get("identifier") === USER.name) {
    return html(`<title>Password</title><form method=post action=/login/done><input type=hidden name=who value=1>
<input name=pw type=password><button>Next</button></form>`);
  }
  if (url.pathname === "/login/done" && body.get("pw") === USER.password) {
    return html(`<body onload="document.forms[0].submit()"><form method=post action=/login/bridge>
<input type=hidden name=state value=on></form>`);
  }
  return url.pathname === "/login/bridge" && body.get("state") === "on" ? visit.response() : undefined;
};

/** A page that a script makes and that a script fills in: for a browser alone. */
export const scripted: IdpPage = (visit) => {
  const { url, body } = visit;
  if (url.pathname === "/app" && visit.method === "GET") {
    return html(`<title>Log in</title><div id=root></div><script>
const form = document.createElement("form");
form.method = "post"; form.action = "/app/login";
for (const [name, value] of [["u", ${JSON.stringify(USER.name)}], ["p", ${JSON.stringify(USER.password)}]]) {
  const field = document.createElement("input"); field.name = name; field.value = value; form.append(field);
}
document.getElementById("root").append(form);
setTimeout(() => form.submit(), 50);
</script>`);
  }
  return url.pathname === "/app/login" && isRight(body, ["u", "p"]) ? visit.response() : undefined;
};

/** Nothing ever happens there. */
export const idle: IdpPage = ({ url }) => url.pathname === "/idle" ? html("<title>Waiting</title><p>…") : undefined;
