import { deepEqual, equal } from "node:assert/strict";
import type { LoginTalk } from "../../../../src/auth/flow/login_host.ts";
import { talkBeside } from "../../../../src/cli/provision/talk_beside.ts";
import { QUIET_TALK } from "../../../../src/cli/login/quiet_talk.ts";

Deno.test("whatever a login shows leaves the report alone, and a question has the terminal for itself", async () => {
  const seen: string[] = [];
  const told = (what: string) => () => void seen.push(what);
  const talk: LoginTalk = {
    ...QUIET_TALK,
    say: told("say"),
    warn: told("warn"),
    showDevice: told("device"),
    showPage: told("page"),
    during: (_, work) => (seen.push("during"), work()),
    ask: () => (seen.push("ask"), Promise.resolve(undefined)),
    choose: () => (seen.push("choose"), Promise.resolve("x")),
  };
  const beside = talkBeside(talk, {
    leave: told("leave"),
    during: async (body) => {
      seen.push("hold");
      const result = await body();
      seen.push("go on");
      return result;
    },
  });
  beside.say("");
  beside.warn({ message: "", hint: "" });
  beside.showDevice({} as Parameters<LoginTalk["showDevice"]>[0]);
  beside.showPage("");
  equal(await beside.during("", () => Promise.resolve(1)), 1);
  await beside.ask({ text: "", hidden: false });
  equal(await beside.choose({ question: "", among: [] }), "x");
  const shown = ["say", "warn", "device", "page", "during"].flatMap((what) => ["leave", what]);
  deepEqual(seen, [...shown, "hold", "ask", "go on", "hold", "choose", "go on"]);
});
