import { deepEqual, equal } from "node:assert/strict";
import { findStep, formData } from "../../../../src/auth/saml/form_step.ts";
import { readHtmlPage } from "../../../../src/auth/saml/html_page.ts";

const wanted = (html: string) => {
  const step = findStep(readHtmlPage(html));
  return step.kind === "fill" ? step.wanted : step.kind;
};

Deno.test("page step: what forms ask for, by the names that identity providers use", () => {
  const cases = {
    "<form><input name=j_username><input type=password name=j_password></form>": [
      "j_username",
      "j_password",
      undefined,
    ],
    "<form><INPUT NAME=x><INPUT TYPE=PASSWORD NAME=y></form>": ["x", "y", undefined],
    "<form><input type=email name=loginfmt></form>": ["loginfmt", undefined, undefined],
    "<form><input name=a id=a1 autocomplete=one-time-code></form>": [undefined, undefined, "a"],
    "<form><input type=password name=otp></form>": [undefined, undefined, "otp"],
    "<form><input name=VerificationCode type=tel></form>": [undefined, undefined, "VerificationCode"],
    "<form><input name=u><input name=p type=password><input name=token_code></form>": ["u", "p", "token_code"],
    "<form><input name=p type=password></form><form><input name=user></form>": [undefined, "p", undefined],
  };
  for (const [html, [user, password, code]] of Object.entries(cases)) {
    deepEqual(wanted(html), { user, password, code }, html);
  }
});

Deno.test("page step: other pages", () => {
  equal(wanted("<form action=/search><input name=q></form>"), "unknown");
  equal(wanted("<form><input name=a type=password><input name=b type=password></form>"), "new-password");
  equal(wanted("<form><input name=code type=hidden></form>"), "unknown");
  equal(wanted("<body onload='document.forms[0].submit()'><form><input name=x type=hidden></form>"), "pass-on");
  equal(wanted("<form><input name=x type=hidden></form><script>document.f.submit ()</script>"), "pass-on");
  equal(wanted("<form><input type=hidden name=SAMLResponse value=abc></form>"), "response");
  equal(wanted("<form><input type=hidden name=SAMLResponse></form>"), "unknown");
  equal(wanted("<form><input name=country><input type=hidden name=countrycode></form>"), "unknown");
  equal(wanted(""), "unknown");
});

Deno.test("form data: what a browser sends, in its order", () => {
  const [form] = readHtmlPage(`<form id=f method=Post><input name=h type=hidden value="a&amp;b &copy;">
<input name=off disabled value=1><input name=c1 type=checkbox><input name=c2 type=checkbox checked>
<input type=radio name=r value=1><input type=radio name=r value=2 checked><input value=nameless>
<select name=s><option value=1>x<option selected> two </select><select name=t><option>first<option>second</select>
<textarea name=area>&lt;x&gt;</textarea><button type=button name=b>no</button><input type=image name=i>
<form action=/inner><input name=p type=password value=old></form>
<input form=f name=late value=z><button form=f name=go value=yes>Go</button><button form=f name=cancel value=yes>No</button>`)
    .forms;
  equal(form?.method, "POST");
  const data = new URLSearchParams(formData(form!, new Map([["p", "s&cret="]])));
  deepEqual([...data], [
    ...[["h", "a&b ©"], ["c2", "on"], ["r", "2"], ["s", "two"], ["t", "first"], ["area", "<x>"], ["p", "s&cret="]],
    ...[["late", "z"], ["go", "yes"]],
  ]);
});

Deno.test("html page: its title, its base; scripts and broken markup are no forms", () => {
  const page = readHtmlPage(`<title> Log
 in </title><base href="/b/"><script>"<form><input name=x>"</script><form action=a><input name=y><p></form><input name=z>`);
  deepEqual([page.title, page.base, page.submitsItself], ["Log in", "/b/", false]);
  deepEqual(page.forms.map(({ action, fields }) => [action, fields.map(({ name }) => name)]), [["a", ["y"]]]);
});
