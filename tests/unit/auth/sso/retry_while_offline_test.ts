import { deepEqual, equal, rejects } from "node:assert/strict";
import { retryWhileOffline } from "../../../../src/auth/sso/retry_while_offline.ts";
import { AppError, type ErrorCode } from "../../../../src/errors.ts";
import { loginPlace } from "../login/login_place.ts";

function asking(failures: number, code: ErrorCode = "unreachable") {
  const { host } = loginPlace();
  const said: string[] = [];
  let asked = 0;
  const ask = () => {
    if (asked++ < failures) return Promise.reject(new AppError(code, `no answer ${asked}`));
    return Promise.resolve("token");
  };
  return {
    said,
    host,
    asked: () => asked,
    run: () => retryWhileOffline(host, { ask, say: (line) => void said.push(line) }),
  };
}

Deno.test("ride out: an answer at once is the answer", async () => {
  const { run, said, host } = asking(0);
  equal(await run(), "token");
  deepEqual([said, host.seen.sleeps], [[], []]);
});

Deno.test("ride out: lost answers are asked for again, later and later, which is said once", async () => {
  for (const code of ["unreachable", "timeout"] as const) {
    const { run, said, host } = asking(3, code);
    equal(await run(), "token");
    deepEqual([said.length, host.seen.sleeps], [1, [1_000, 2_000, 4_000]]);
  }
});

Deno.test("ride out: an end to it, and none for what is an answer", async () => {
  const gone = asking(Infinity);
  await rejects(gone.run(), { code: "unreachable", message: "no answer 7" });
  equal(gone.host.seen.sleeps.reduce((sum, ms) => sum + ms), 47_000);
  const denied = asking(1, "login-denied");
  await rejects(denied.run(), { code: "login-denied" });
  equal(denied.asked(), 1);
});
