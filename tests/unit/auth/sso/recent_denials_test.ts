import { doesNotThrow, equal, throws } from "node:assert/strict";
import { refuseAgain, rememberRefusal } from "../../../../src/auth/sso/recent_denials.ts";
import { loginPlace } from "../login/login_place.ts";

const PATH = "/h/sessions/x.json";
const ABOUT = { path: PATH, startUrl: "https://x/start", since: 0 };

Deno.test("refusal: remembered for half a minute, with its age", async () => {
  const { host, files } = loginPlace();
  doesNotThrow(() => refuseAgain(host, ABOUT));
  await rememberRefusal(host, { path: PATH });
  equal(host.read.stat("/h/sessions/x.refused")?.mode, 0o600);
  await host.clock.sleep(7_000);
  throws(() => refuseAgain(host, ABOUT), {
    code: "login-denied",
    message: 'Cannot log in at "https://x/start": another run was refused 7 s ago',
  });
  await host.clock.sleep(24_000);
  doesNotThrow(() => refuseAgain(host, ABOUT));
  files.put("/h/sessions/x.refused", "nonsense");
  doesNotThrow(() => refuseAgain(host, ABOUT));
  files.put("/h/sessions/x.refused", String(host.clock.now() + 60_000));
  doesNotThrow(() => refuseAgain(host, ABOUT));
});

Deno.test("refusal: one from before somebody asked to log in is no answer to them", async () => {
  const { host } = loginPlace();
  await rememberRefusal(host, { path: PATH });
  await host.clock.sleep(1_000);
  doesNotThrow(() => refuseAgain(host, { ...ABOUT, since: host.clock.now() }));
  throws(() => refuseAgain(host, { ...ABOUT, since: host.clock.now() - 1_000 }), { code: "login-denied" });
});

Deno.test("refusal: where nothing can be written, nothing is remembered and nothing fails", async () => {
  const { host, files } = loginPlace();
  files.directory("/h/sessions");
  files.close("/h/sessions", "denied");
  await rememberRefusal(host, { path: PATH });
  doesNotThrow(() => refuseAgain(host, ABOUT));
});
