import { deepEqual, equal, rejects } from "node:assert/strict";
import { forgetTyped, nextKey, readLine, readTypedBytes, withKeys } from "../../../../src/host/terminal/keyboard.ts";

/** What a terminal sends; "pause" is a person who does not go on typing. */
function keyboard(...sent: readonly (string | number)[]) {
  const bytes = sent.flatMap((one) => (
    one === "pause" ? [PAUSE] : typeof one === "number" ? [one] : [...new TextEncoder().encode(one)]
  ));
  return readTypedBytes({
    read(into) {
      const byte = bytes.shift();
      if (byte === PAUSE) return new Promise(() => {});
      if (byte !== undefined) into[0] = byte;
      return Promise.resolve(byte === undefined ? null : 1);
    },
  });
}

const PAUSE = -1;

async function keys(...sent: readonly (string | number)[]): Promise<readonly (string | undefined)[]> {
  const typed = keyboard(...sent);
  const found: (string | undefined)[] = [];
  do found.push(await nextKey(typed)); while (found.at(-1) !== undefined);
  return found;
}

Deno.test("keys: characters are whole, whatever they are made of", async () => {
  deepEqual(await keys("aé管💥\r\x03"), ["a", "é", "管", "💥", "\r", "\x03", undefined]);
  deepEqual(await keys("\u{feff}x"), ["\u{feff}", "x", undefined]);
});

Deno.test("keys: escape sequences are one key", async () => {
  deepEqual(await keys("\x1b[A\x1bOB\x1b[5~\x1b\x7f\x1b[1;5Cx"), [
    ...["\x1b[A", "\x1bOB", "\x1b[5~", "\x1b\x7f", "\x1b[1;5C", "x"],
    undefined,
  ]);
  const noise = await keys(`\x1b[${"1;".repeat(40)}`);
  equal(noise[0]!.length, 34);
});

Deno.test("keys: cut characters and sequences end with stdin", async () => {
  deepEqual(await keys("\x1b"), ["\x1b", undefined]);
  deepEqual(await keys("\x1b["), ["\x1b[", undefined]);
  deepEqual(await keys(0xff, "x"), ["\u{fffd}", "x", undefined]);
  deepEqual(await keys(0xe7, 0xae), ["\u{fffd}", undefined]);
});

Deno.test("keys: Esc alone is a key, and what follows later is not lost", async () => {
  let press = () => {};
  const later = new Promise<void>((resolve) => press = resolve);
  const bytes = [0x1b, 0x79, 0x0a];
  const typed = readTypedBytes({
    async read(into) {
      if (bytes.length === 2) await later;
      const byte = bytes.shift();
      if (byte !== undefined) into[0] = byte;
      return byte === undefined ? null : 1;
    },
  });
  equal(await nextKey(typed), "\x1b");
  press();
  equal(await readLine(typed), "y");
  equal(await readLine(typed), undefined);
});

Deno.test("keys: Esc does not wait for a person", async () => {
  equal(await nextKey(keyboard("\x1b", "pause")), "\x1b");
});

function source(text: string) {
  const bytes = [...new TextEncoder().encode(text)];
  return {
    read: (into: Uint8Array) => {
      const some = bytes.splice(0, into.length);
      into.set(some);
      return Promise.resolve(some.length === 0 ? null : some.length);
    },
  };
}

async function lines(text: string): Promise<readonly (string | undefined)[]> {
  const from = source(text);
  return [await readLine(from), await readLine(from), await readLine(from)];
}

Deno.test("read line: one line at a time, with or without a last line break", async () => {
  deepEqual(await lines("y\nnö\n"), ["y", "nö", undefined]);
  deepEqual(await lines("y\r\n\nlast"), ["y", "", "last"]);
  deepEqual(await lines(""), [undefined, undefined, undefined]);
});

function recordedTerminal() {
  const did: string[] = [];
  return {
    did,
    typed: readTypedBytes({ read: (into) => (into[0] = 0x61, Promise.resolve(1)) }),
    stdin: { setRaw: (raw: boolean) => void did.push(raw ? "raw" : "usual") },
    err: (text: string) => void did.push(text),
  };
}

Deno.test("keys: the terminal gets its ways back when the body ends or fails", async () => {
  const one = recordedTerminal();
  equal(await withKeys(one, async (next) => `${await next()}${await next()}`), "aa");
  deepEqual(one.did, ["raw", "usual"]);
  const failing = recordedTerminal();
  await rejects(withKeys(failing, () => Promise.reject(new Error("no"))), { message: "no" });
  deepEqual(failing.did, ["raw", "usual"]);
});

Deno.test("keys: and when the process ends meanwhile, but not after", async () => {
  const one = recordedTerminal();
  await withKeys(one, () => {
    dispatchEvent(new Event("unload"));
    return Promise.resolve();
  });
  deepEqual(one.did, ["raw", "usual", "\n", "usual"]);
  dispatchEvent(new Event("unload"));
  equal(one.did.length, 4);
});

Deno.test("typed ahead: all of it is forgotten, Ctrl-C is told, and what comes later stays", async () => {
  const cases = [["", undefined], ["y\n", undefined], ["yes\ry\r", undefined], ["y\x03y", "\x03"]] as const;
  for (const [ahead, told] of cases) {
    const bytes = [...new TextEncoder().encode(ahead)];
    let later = (_byte: number) => {};
    const typed = readTypedBytes({
      read: async (into) => {
        into[0] = bytes.shift() ?? await new Promise<number>((resolve) => later = resolve);
        return 1;
      },
    });
    equal(await forgetTyped(typed), told, ahead);
    if (told !== undefined) continue;
    later(0x6e);
    equal(await typed.byte(), 0x6e);
  }
  equal(await forgetTyped(readTypedBytes({ read: () => Promise.resolve(null) })), undefined);
});
